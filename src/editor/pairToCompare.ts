import type { ComparedPair } from '../report/comparisonSource';

/** What a comparison panel holds one against the other: two files or two arrays. */
export interface PairToCompare {
  /** The host's note of both, so that a reload of the window can bring them back. */
  readonly saved: unknown;
  /** Of the one on trial and of the reference. */
  readonly names: readonly [string, string];
  /** @throws InputError if one cannot be read */
  open(): Promise<ComparedPair>;
  /** Shows a row of the last axis of a tensor where it stands: 0 the one on trial, 1 the reference. */
  reveal(side: 0 | 1, tensor: string, row: number): Promise<void>;
  close(): Promise<void>;
}
