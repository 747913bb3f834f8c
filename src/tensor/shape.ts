import { ShapeError } from './errors';

/** Lengths of the axes, outermost first; `[]` is a single number. */
export type Shape = readonly number[];

/** Number of elements of a shape: the product of its lengths, 1 for `[]`. */
export function elementCount(shape: Shape): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Strides in elements of a C-order array (last axis fastest). */
export function cOrderStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let stride = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = stride;
    stride *= shape[axis];
  }
  return strides;
}

/** A shape as the whole product writes it: (2, 64, 128), (128) and () for a single number. */
export function formatShape(shape: Shape): string {
  return `(${shape.join(', ')})`;
}

/** Indices along each axis of the element at a C-order position. */
export function unravelIndex(position: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = position % shape[axis];
    position = Math.floor(position / shape[axis]);
  }
  return index;
}

/**
 * Turns axes that may count from the end into sorted axes that count from the start.
 *
 * @throws ShapeError if an axis is not in [-rank, rank) or named twice
 */
export function resolveAxes(axes: readonly number[], rank: number): number[] {
  const resolved = axes.map((axis) => {
    if (!Number.isInteger(axis) || axis < -rank || axis >= rank) {
      throw new ShapeError(`Axis ${axis} does not exist in a tensor of ${rank} ${rank === 1 ? 'axis' : 'axes'}.`);
    }
    return axis < 0 ? axis + rank : axis;
  });
  if (new Set(resolved).size < resolved.length) {
    throw new ShapeError(`The axes ${axes.join(', ')} name one axis twice.`);
  }
  return resolved.sort((a, b) => a - b);
}
