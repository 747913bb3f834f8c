import { rowsOfRun, type NormedRows } from '../../../src/report/normedRows';
import { NormRun } from '../../../src/report/normRun';
import { defaultSpec, type NormKind, type NormSpec } from '../../../src/norm/normSpec';
import type { Tensor } from '../../../src/tensor/tensor';

/** A float64 tensor of nested rows. */
export function tensorOf(name: string, rows: readonly (readonly number[])[]): Tensor {
  return { name, dtype: 'float64', shape: [rows.length, rows[0].length], values: Float64Array.from(rows.flat()) };
}

/** A float64 vector. */
export function vectorOf(name: string, values: readonly number[]): Tensor {
  return { name, dtype: 'float64', shape: [values.length], values: Float64Array.from(values) };
}

/** A norm of rows over their last axis. */
export function runOf(
  rows: readonly (readonly number[])[],
  kind: NormKind = 'layer_norm',
  options: Partial<NormSpec> & { weight?: readonly number[]; bias?: readonly number[] } = {},
): NormRun {
  const { weight, bias, ...spec } = options;
  return new NormRun({
    spec: { ...defaultSpec(kind), ...spec },
    x: tensorOf('x', rows),
    weight: weight && vectorOf('weight', weight),
    bias: bias && vectorOf('bias', bias),
  });
}

/** The rows of such a run, as their report sees them. */
export function rowsOf(...args: Parameters<typeof runOf>): NormedRows {
  return rowsOfRun(runOf(...args));
}
