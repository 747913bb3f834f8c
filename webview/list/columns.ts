import type { ListColumn, TensorEntry, TensorStats } from '../../src/protocol';
import { formatBytes, formatFull, formatNumber, formatShape } from '../format';

/** The columns after the name, in the order in which they stand. */
const columnIds = ['shape', 'dtype', 'size', 'mean', 'rms', 'absMax', 'nonfinite'] as const satisfies ListColumn[];
/** A column of the list beside the names. */
export type ColumnId = Exclude<ListColumn, 'name'>;

/** What a line says of a tensor. */
export interface Cell {
  readonly text: string;
  /** In full, for the tooltip. */
  readonly full: string;
}

/** One column of the list. */
export interface Column {
  readonly title: string;
  /** What a tooltip of the title says. */
  readonly about: string;
  /** Pixels. */
  readonly width: number;
  /** Columns of a higher importance are the last that a narrow list gives up. */
  readonly importance: number;
  /** `stats` are absent while they are not known. */
  cell(tensor: TensorEntry, stats?: TensorStats): Cell | undefined;
  /** What lines are sorted by, or undefined for a line that stands last in either order. */
  key(tensor: TensorEntry, stats?: TensorStats): number | string | undefined;
}

/** How many values are not finite. */
export type Nonfinite = Pick<TensorStats, 'nan' | 'posInf' | 'negInf'>;

/** Every column by its name in the state of the page. */
export const columns: Readonly<Record<ColumnId, Column>> = {
  shape: {
    title: 'Shape',
    about: 'Length of each axis; sorted by the number of values',
    width: 104,
    importance: 6,
    cell: ({ shape }) => plain(formatShape(shape)),
    key: ({ shape }) => shape.reduce((count, length) => count * length, 1),
  },
  dtype: {
    title: 'Type',
    about: 'Type of the values',
    width: 72,
    importance: 2,
    cell: ({ dtype }) => plain(dtype),
    key: ({ dtype }) => dtype,
  },
  size: {
    title: 'Size',
    about: 'Bytes of the values',
    width: 72,
    importance: 1,
    cell: ({ byteLength }) => ({ text: formatBytes(byteLength), full: `${byteLength} bytes` }),
    key: ({ byteLength }) => byteLength,
  },
  mean: numberColumn('Mean', 'Mean of the finite values', 3, ({ mean }) => mean),
  rms: numberColumn('RMS', 'Root of the mean square of the finite values', 4, ({ rms }) => rms),
  absMax: numberColumn('Max |x|', 'Largest magnitude of the finite values', 5, ({ absMax }) => absMax),
  nonfinite: {
    title: 'NaN/Inf',
    about: 'How many values are NaN or infinite',
    width: 84,
    importance: 7,
    cell: (_, stats) => stats && nonfiniteCell(stats),
    key: (_, stats) => stats && stats.nan + stats.posInf + stats.negInf,
  },
};

/** Pixels that the name keeps before a column may stand beside it. */
const nameWidth = 148;

/**
 * The columns that a list of a width has room for, in the order in which they stand.
 *
 * @param anyNonfinite whether there is something to say of NaN and Inf; else theirs is the first column to go
 */
export function columnsFor(width: number, anyNonfinite: boolean): ColumnId[] {
  const importance = (id: ColumnId) => (id === 'nonfinite' && !anyNonfinite ? 0 : columns[id].importance);
  const fitting = new Set<ColumnId>();
  let left = width - nameWidth;
  for (const id of [...columnIds].sort((a, b) => importance(b) - importance(a))) {
    left -= columns[id].width;
    if (left < 0) {
      break;
    }
    fitting.add(id);
  }
  return columnIds.filter((id) => fitting.has(id));
}

/** Whether there is any value that is not finite. */
export function isNonfinite({ nan, posInf, negInf }: Nonfinite): boolean {
  return nan + posInf + negInf > 0;
}

/** "2 NaN", "1 Inf", or "3 NaN/Inf" where there are both; undefined where all values are finite. */
export function nonfiniteCell({ nan, posInf, negInf }: Nonfinite): Cell | undefined {
  const inf = posInf + negInf;
  if (!isNonfinite({ nan, posInf, negInf })) {
    return undefined;
  }
  const word = inf === 0 ? 'NaN' : nan === 0 ? 'Inf' : 'NaN/Inf';
  return { text: `${compactCount(nan + inf)} ${word}`, full: `${nan} NaN, ${posInf} +Inf, ${negInf} −Inf` };
}

function numberColumn(title: string, about: string, importance: number, of: (stats: TensorStats) => number): Column {
  return {
    title,
    about,
    width: 84,
    importance,
    cell: (_, stats) => stats && { text: formatNumber(of(stats)), full: formatFull(of(stats)) },
    key: (_, stats) => (stats === undefined || Number.isNaN(of(stats)) ? undefined : of(stats)),
  };
}

function plain(text: string): Cell {
  return { text, full: text };
}

/** 1234567 as 1.2M: the column is narrow, the tooltip has the number in full. */
function compactCount(count: number): string {
  return count < 10_000 ? String(count) : new Intl.NumberFormat('en', { notation: 'compact' }).format(count);
}
