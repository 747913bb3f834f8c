import type { Forward } from '../forward';
import type { Geometry } from '../geometry';
import type { NormSpec } from '../normSpec';
import type { NormParameters } from '../parameters';

/** A common statement about layer normalization, and what this data says to it. */
export interface Claim {
  /** As tutorials and papers have it. */
  readonly statement: string;
  readonly verdict: 'holds' | 'contradicted' | 'does not apply';
  /** One sentence with the numbers that decide. */
  readonly says: string;
}

/** A layer_norm or rms_norm with eps inside and divisor n on its data; all arrays row by row. */
export interface ClaimCase {
  readonly spec: NormSpec;
  readonly geometry: Geometry;
  readonly x: Float64Array;
  readonly parameters: NormParameters;
  readonly forward: Forward;
  /** (rows, cols), as x. */
  readonly gradOutput: Float64Array;
  /** The rows that are judged: finite throughout and not without variance; at least one. */
  readonly rows: readonly number[];
}

/** The row where a quantity is smallest or largest. */
export function rowWhere(rows: readonly number[], is: 'smallest' | 'largest', of: (row: number) => number): number {
  const sign = is === 'largest' ? 1 : -1;
  return rows.reduce((best, row) => (sign * of(row) > sign * of(best) ? row : best));
}
