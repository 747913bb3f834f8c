import type { Moments } from '../norm/moments';
import { noMoments, type ExactMoments } from './exactMoments';

const names = Object.keys(noMoments) as (keyof Moments)[];

/** Moments of some rows, column by column; those of `emptyTable` are views of one buffer, which threads can hand on. */
export interface MomentsTable {
  readonly columns: Readonly<Record<keyof Moments, Float64Array>>;
  /** (rows,); there for 64-bit integers, which float64 may round. */
  readonly exactMin?: bigint[];
  readonly exactMax?: bigint[];
}

/**
 * A table of rows that hold no values yet.
 *
 * @param Memory of what kind its buffer is: one that is shared costs nothing to tell other threads of
 */
export function emptyTable(
  rows: number,
  hasExact: boolean,
  Memory: new (bytes: number) => ArrayBufferLike = ArrayBuffer,
): MomentsTable {
  const buffer = new Memory(8 * names.length * rows);
  const columns = Object.fromEntries(
    names.map((name, i) => [name, new Float64Array(buffer, 8 * rows * i, rows).fill(noMoments[name])]),
  ) as MomentsTable['columns'];
  return hasExact ? { columns, exactMin: new Array<bigint>(rows), exactMax: new Array<bigint>(rows) } : { columns };
}

/** The moments of one row. */
export function momentsAt({ columns, exactMin, exactMax }: MomentsTable, row: number): ExactMoments {
  const moments: Moments = {
    count: columns.count[row],
    nan: columns.nan[row],
    posInf: columns.posInf[row],
    negInf: columns.negInf[row],
    zero: columns.zero[row],
    min: columns.min[row],
    max: columns.max[row],
    absMax: columns.absMax[row],
    mean: columns.mean[row],
    scale: columns.scale[row],
    m2: columns.m2[row],
    m3: columns.m3[row],
    m4: columns.m4[row],
    sumSquares: columns.sumSquares[row],
  };
  return exactMin ? { ...moments, exactMin: exactMin[row], exactMax: exactMax?.[row] } : moments;
}

/** Puts the moments of one row in their place. */
export function setMoments({ columns, exactMin, exactMax }: MomentsTable, row: number, moments: ExactMoments): void {
  for (const name of names) {
    columns[name][row] = moments[name];
  }
  if (exactMin && exactMax && moments.exactMin !== undefined && moments.exactMax !== undefined) {
    exactMin[row] = moments.exactMin;
    exactMax[row] = moments.exactMax;
  }
}

/** Copies all rows of one table into another, from row `first` on. */
export function copyRows(from: MomentsTable, to: MomentsTable, first: number): void {
  for (const name of names) {
    to.columns[name].set(from.columns[name], first);
  }
  if (from.exactMin && from.exactMax && to.exactMin && to.exactMax) {
    for (let row = 0; row < from.exactMin.length; row++) {
      to.exactMin[first + row] = from.exactMin[row];
      to.exactMax[first + row] = from.exactMax[row];
    }
  }
}
