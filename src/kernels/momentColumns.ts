import { MomentColumn } from './assembly/momentColumn';
import type { Address, KernelMemory } from './kernelMemory';

/**
 * Moments of each of some rows, over the finite values; each column (rows,). They are kept in units of `scale`, a power
 * of two: 1, except for rows of float64 whose fourth powers would leave its range.
 */
export interface MomentColumns {
  readonly nan: Float64Array;
  readonly posInf: Float64Array;
  readonly negInf: Float64Array;
  /** Of either sign. */
  readonly zero: Float64Array;
  /** NaN where no value is finite, as are `max`, `absMax` and `mean`. */
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly absMax: Float64Array;
  readonly mean: Float64Array;
  readonly scale: Float64Array;
  /** Σ ((x − mean) / scale)² */
  readonly m2: Float64Array;
  /** Σ ((x − mean) / scale)³; NaN, as is `m4`, where moments were taken to the second only. */
  readonly m3: Float64Array;
  /** Σ ((x − mean) / scale)⁴ */
  readonly m4: Float64Array;
  /** Σ (x / scale)² */
  readonly sumSquares: Float64Array;
}

/** The name of one of these columns. */
export type MomentName = keyof MomentColumns;

/** The names of the columns in the order in which `rowMoments` writes them. */
export const momentNames = Object.keys(MomentColumn).filter((key): key is MomentName => Number.isNaN(Number(key)));

/** Bytes that `rowMoments` writes for each row. */
export const momentBytes = 8 * momentNames.length;

/** The columns that `rowMoments` wrote: views of kernel memory, void once it grows or the area is used again. */
export function momentColumns(memory: KernelMemory, start: Address, rows: number): MomentColumns {
  const column = (name: MomentName) => memory.float64(start + 8 * rows * MomentColumn[name], rows);
  return Object.fromEntries(momentNames.map((name) => [name, column(name)])) as unknown as MomentColumns;
}
