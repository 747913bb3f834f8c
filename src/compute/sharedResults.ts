import type { Answers } from './peer';
import { RecentResults, type KeptResult } from './recentResults';

/** What was found out about files, as threads hand it to the host and ask for it: it outlives them. */
export interface SharedResultCalls {
  /** The results of those of the keys that there are any of. */
  recall: { params: readonly string[]; result: readonly KeptResult[] };
  remember: { params: readonly KeptResult[]; result: void };
}

/** Bytes of results kept: those of some hundred thousand tensors, or the rows of a few large ones. */
export const maxKeptBytes = 2 ** 27;

/** Remembers what the threads of all pages found out, so that a file that is opened again need not be read again. */
export function sharedResults(): Answers<SharedResultCalls> {
  const kept = new RecentResults(maxKeptBytes);
  return {
    recall: async (keys) => keys.flatMap((key) => kept.get(key) ?? []),
    remember: async (results) => results.forEach((result) => kept.set(result)),
  };
}
