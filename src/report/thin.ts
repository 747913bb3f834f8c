/** Points that a chart of the page gets at the most; more than a wide panel has pixel columns. */
export const maxPoints = 2000;

/**
 * Picks the positions to draw when there are more than a chart can show: in each of equal stretches the smallest and
 * the largest value of every series and its first value that is not finite, so that no extreme leaves the picture.
 *
 * @param series arrays of equal length
 * @param keep   positions to keep in any case
 * @returns      ascending positions; all of them where `maxPoints` suffice
 */
export function thin(series: readonly Float64Array[], keep: Iterable<number> = []): Uint32Array {
  const count = series[0].length;
  if (count <= maxPoints) {
    return Uint32Array.from({ length: count }, (_, i) => i);
  }
  const picked = new Set<number>(keep);
  const stretches = Math.ceil(maxPoints / (2 * series.length));
  for (let s = 0; s < stretches; s++) {
    const start = Math.floor((s * count) / stretches);
    const end = Math.floor(((s + 1) * count) / stretches);
    for (const values of series) {
      for (const position of extremesOf(values, start, end)) {
        picked.add(position);
      }
    }
  }
  return Uint32Array.from(picked).sort();
}

function extremesOf(values: Float64Array, start: number, end: number): number[] {
  let smallest = -1;
  let largest = -1;
  let notFinite = -1;
  for (let i = start; i < end; i++) {
    const value = values[i];
    if (!Number.isFinite(value)) {
      notFinite = notFinite < 0 ? i : notFinite;
    } else if (smallest < 0) {
      smallest = largest = i;
    } else if (value < values[smallest]) {
      smallest = i;
    } else if (value > values[largest]) {
      largest = i;
    }
  }
  return [smallest, largest, notFinite].filter((position) => position >= 0);
}

/** The values at some positions. */
export function pick(values: Float64Array, positions: Uint32Array): Float64Array {
  return Float64Array.from(positions, (position) => values[position]);
}
