import type { Shape } from '../src/protocol';

/** How many rows a norm over the last `normalizedAxes` axes has. */
export function rowCountOf(shape: Shape, normalizedAxes: number): number {
  return product(shape.slice(0, Math.max(0, shape.length - normalizedAxes)));
}

/** How many rows of the last axis one row of the norm spans: 1 for a norm over the last axis. */
export function rowSpan(shape: Shape, normalizedAxes: number): number {
  return product(shape.slice(Math.max(0, shape.length - normalizedAxes), -1));
}

/** Rows and columns of a tensor seen as a table whose rows run along the last axis; a single number is one cell. */
export function tableSize(shape: Shape): { rows: number; columns: number } {
  return { rows: product(shape.slice(0, -1)), columns: shape.at(-1) ?? 1 };
}

/** Indices along each axis of the element at a C-order position. */
export function unravel(position: number, shape: Shape): number[] {
  const index = new Array<number>(shape.length);
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    index[axis] = position % shape[axis];
    position = Math.floor(position / shape[axis]);
  }
  return index;
}

/** "3" for a position along one axis, "3 (1, 0)" where it stands for indices along several. */
export function namePosition(position: number, shape: Shape): string {
  return shape.length > 1 ? `${position} (${unravel(position, shape).join(', ')})` : String(position);
}

function product(lengths: Shape): number {
  return lengths.reduce((total, length) => total * length, 1);
}
