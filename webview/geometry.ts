import type { NormSpec, Shape } from '../src/protocol';

/** How many rows a norm has. */
export function rowCountOf(shape: Shape, spec: NormSpec): number {
  const channels = shape.at(spec.channelAxis) ?? 1;
  switch (spec.kind) {
    case 'batch_norm':
      return channels;
    case 'instance_norm':
      return (shape[0] ?? 1) * channels;
    case 'group_norm':
      return (shape[0] ?? 1) * spec.numGroups;
    default:
      return product(shape.filter((_, axis) => !spec.axes.includes(axis - shape.length)));
  }
}

/**
 * How many rows of the last axis one row of the norm spans: 1 for a norm over the last axis; undefined where a row of the norm
 * is not made of whole ones that follow each other.
 */
export function rowSpan(shape: Shape, spec: NormSpec): number | undefined {
  const ofSamples = spec.kind === 'instance_norm' || spec.kind === 'group_norm';
  const isTrailing = spec.axes.every((axis) => axis < 0 && axis >= -spec.axes.length);
  const isRun = ofSamples ? spec.channelAxis === 1 : spec.kind !== 'batch_norm' && isTrailing;
  const span = product(shape) / rowCountOf(shape, spec) / (shape.at(-1) ?? 1);
  return isRun && Number.isInteger(span) ? span : undefined;
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

/** The place in that table of the element at indices along each axis. */
export function cellOf(index: readonly number[], shape: Shape): { row: number; column: number } {
  const row = index.slice(0, -1).reduce((position, i, axis) => position * shape[axis] + i, 0);
  return { row, column: index.at(-1) ?? 0 };
}

/** "3" for a position along one axis, "3 (1, 0)" where it stands for indices along several. */
export function namePosition(position: number, shape: Shape): string {
  return shape.length > 1 ? `${position} (${unravel(position, shape).join(', ')})` : String(position);
}

/** How many values a box of these lengths has. */
export function product(lengths: Shape): number {
  return lengths.reduce((total, length) => total * length, 1);
}
