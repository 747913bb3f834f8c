/** Points that a chart of the page gets at the most; more than a wide panel has pixel columns. */
export const maxPoints = 2000;

/** Positions from `start` up to `end`, exclusive. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A stretch of a chart that is looked at closely. */
export interface Focus extends Stretch {
  /** Which chart, by a name that the report and the page agree on. */
  readonly of: string;
}

/** The stretch of a focus on a chart by its name, within a number of points. */
export function stretchOf(focus: Focus | undefined, of: string, count: number): Stretch | undefined {
  return focus?.of === of ? { start: Math.max(0, focus.start), end: Math.min(count, focus.end) } : undefined;
}

/**
 * Picks the positions to draw when there are more than a chart can show: in each of equal stretches the smallest and
 * the largest value of every series and its first value that is not finite, so that no extreme leaves the picture.
 *
 * @param series arrays of equal length; null where there is no point
 * @param keep   positions to keep in any case
 * @param focus  a stretch that is looked at closely: as many points as a chart can show are picked of it as well
 * @returns      ascending positions; all of them where `maxPoints` suffice
 */
export function thin(
  series: readonly ArrayLike<number | null>[],
  keep: Iterable<number> = [],
  focus: Stretch = { start: 0, end: 0 },
): Uint32Array {
  const whole = { start: 0, end: series[0].length };
  // The ends stay, so that the scale of a chart is the same whatever is looked at.
  const picked = new Set<number>([...keep, ...(whole.end > 0 ? [0, whole.end - 1] : [])]);
  for (const stretch of [whole, focus]) {
    for (const position of thinStretch(series, stretch)) {
      picked.add(position);
    }
  }
  return Uint32Array.from(picked).sort();
}

function* thinStretch(series: readonly ArrayLike<number | null>[], { start, end }: Stretch): Generator<number> {
  const count = end - start;
  if (count <= maxPoints) {
    for (let position = start; position < end; position++) {
      yield position;
    }
    return;
  }
  const pieces = Math.ceil(maxPoints / (2 * series.length));
  for (let piece = 0; piece < pieces; piece++) {
    const first = start + Math.floor((piece * count) / pieces);
    const last = start + Math.floor(((piece + 1) * count) / pieces);
    for (const values of series) {
      yield* extremesOf(values, first, last);
    }
  }
}

function extremesOf(values: ArrayLike<number | null>, start: number, end: number): number[] {
  let smallest = -1;
  let largest = -1;
  let notFinite = -1;
  for (let i = start; i < end; i++) {
    const value = values[i];
    if (value === null) {
      continue;
    }
    if (!Number.isFinite(value)) {
      notFinite = notFinite < 0 ? i : notFinite;
    } else if (smallest < 0) {
      smallest = largest = i;
    } else if (value < values[smallest]!) {
      smallest = i;
    } else if (value > values[largest]!) {
      largest = i;
    }
  }
  return [smallest, largest, notFinite].filter((position) => position >= 0);
}

/** The values at some positions. */
export function pick(values: Float64Array, positions: Uint32Array): Float64Array {
  return Float64Array.from(positions, (position) => values[position]);
}

/** Which of some ascending positions lie within a stretch. */
export function indicesWithin(positions: ArrayLike<number>, { start, end }: Stretch): Stretch {
  const before = (limit: number) => Array.from(positions).filter((position) => position < limit).length;
  return { start: before(start), end: before(end) };
}
