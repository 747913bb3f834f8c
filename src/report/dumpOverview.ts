import type { Dump } from '../formats/dump';
import type { DumpView } from '../protocol';
import { diagnose } from './findings/diagnose';
import { findingCodes } from './findings/finding';
import { findingsView } from './findingsView';
import type { ViewReport } from './viewReport';

/** The views of a whole dump, in their order. */
export const dumpOverviews = ['findings'] as const satisfies readonly DumpView[];

/**
 * Answers for a view of a whole dump.
 *
 * @param ignored codes of findings that are not reported
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function dumpOverview(dump: Dump, ignored: readonly string[], signal: AbortSignal): Promise<ViewReport> {
  const ignore = new Set(findingCodes.filter((code) => ignored.includes(code)));
  return findingsView(await diagnose(dump, { ignore, signal }), dump);
}
