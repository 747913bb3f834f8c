import type { PageInspector } from '../compute/pageInspector';

/** What a comparison panel holds one against the other: two files or two arrays. */
export interface PairToCompare {
  /** The host's note of both, so that a reload of the window can bring them back. */
  readonly saved: unknown;
  /** Of the one on trial and of the reference. */
  readonly names: readonly [string, string];
  readonly inspector: PageInspector;
  dispose(): void;
}
