import { isChannelKind, type NormSpec } from './normSpec';

/** The axes of a tensor that its rows run along. */
export interface RowAxes {
  /** Negative ones are counted from the end. */
  readonly axes: readonly number[];
  /** An axis that is made two before `axes` are counted: so many parts, and what each holds. */
  readonly parted?: { readonly axis: number; readonly parts: number };
}

/**
 * The rows of `rowGeometry` by axes alone: the others, in their order, count the rows.
 *
 * @param rank axes of the tensor; a spec that does not fit it is what `rowGeometry` refuses
 */
export function rowAxes({ kind, axes, channelAxis, numGroups }: NormSpec, rank: number): RowAxes {
  if (!isChannelKind(kind)) {
    return { axes };
  }
  const channel = channelAxis < 0 ? channelAxis + rank : channelAxis;
  const allBut = (kept: readonly number[], count = rank) =>
    Array.from({ length: count }, (_, axis) => axis).filter((axis) => !kept.includes(axis));
  switch (kind) {
    case 'batch_norm':
      return { axes: allBut([channel]) };
    case 'group_norm':
      return { axes: allBut([0, channel], rank + 1), parted: { axis: channel, parts: numGroups } };
    default:
      return { axes: allBut([0, channel]) };
  }
}
