import type { Data } from './data';
import type { Peer } from './peer';
import type { Subject } from './subject';

/** What every group of lines works with. */
export interface Bench {
  readonly rows: number;
  readonly cols: number;
  /** How often each contestant runs; the median counts. */
  readonly repetitions: number;
  /** Holds the data as files, for the peers. */
  readonly folder: string;
  readonly data: Data;
  /** The kernels as people get them, and their twins in plain TypeScript. */
  readonly simd: Subject;
  readonly scalar: Subject;
  /** The programs of this machine to measure against, where it has them. */
  readonly peers: { readonly c?: Peer; readonly numpy?: Peer; readonly torch?: Peer };
}

/** One line of the table: the same work by Normscope and by somebody else. */
export interface Line {
  readonly work: string;
  /** In `unit`, the median of the repetitions. */
  readonly ours: number;
  readonly rival: string;
  readonly theirs: number;
  /** Milliseconds where nothing is said. */
  readonly unit?: string;
  /** What `theirs / ours` should reach; absent where the line only informs. */
  readonly reach?: number;
}

/** Measures some lines of the table. */
export type Group = (bench: Bench) => Promise<Line[]>;
