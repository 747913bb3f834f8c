import type { Dump } from '../formats/dump';
import type { DumpOptions, DumpView } from '../protocol';
import { depthOf } from './depthOf';
import { depthView } from './depthView';
import { diagnose } from './findings/diagnose';
import { findingCodes } from './findings/finding';
import { findingsView } from './findingsView';
import { simulationView } from './simulationView';
import type { ViewReport } from './viewReport';

/** The views of a whole dump, in their order. */
export const dumpOverviews = ['findings', 'depth', 'simulation'] as const satisfies readonly DumpView[];

/**
 * Answers for a view of a whole dump.
 *
 * @param ignored codes of findings that are not reported
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function dumpOverview(
  dump: Dump,
  view: DumpView,
  { detail, simulation }: DumpOptions,
  ignored: readonly string[],
  signal: AbortSignal,
): Promise<ViewReport> {
  switch (view) {
    case 'depth':
      return depthView(await depthOf(dump, signal), detail);
    case 'simulation':
      return simulationView(simulation);
    default: {
      const ignore = new Set(findingCodes.filter((code) => ignored.includes(code)));
      return findingsView(await diagnose(dump, { ignore, signal }), dump);
    }
  }
}
