/** One axis of a walk over a tensor: how many steps, and by how much each moves along `T`. */
export interface AxisSteps {
  readonly length: number;
  /** Elements of x per step. */
  readonly stride: number;
  /** Elements of weight and bias per step; 0 if they do not run along this axis. */
  readonly featureStride: number;
}

/** The offsets that a walk over the axes passes, the last axis fastest; `[0]` for no axes. */
export function axisOffsets(axes: readonly AxisSteps[], by: 'stride' | 'featureStride'): Uint32Array {
  let offsets = new Uint32Array(1);
  for (const { length, [by]: step } of axes) {
    const next = new Uint32Array(offsets.length * length);
    for (let i = 0; i < offsets.length; i++) {
      for (let j = 0; j < length; j++) {
        next[i * length + j] = offsets[i] + j * step;
      }
    }
    offsets = next;
  }
  return offsets;
}

/** True if the walk passes the elements of x in the order in which they lie. */
export function isInOrder(axes: readonly AxisSteps[]): boolean {
  let expected = 1;
  for (const { length, stride } of axes.toReversed()) {
    if (length !== 1 && stride !== expected) {
      return false;
    }
    expected *= length;
  }
  return true;
}
