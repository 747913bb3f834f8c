import type { Dump } from '../formats/dump';
import type { Tolerance } from '../norm/closeness';
import type { DumpOptions } from '../protocol';
import { compareDumps } from './compareDumps';
import type { CompareReport } from './compareReport';
import { compareView } from './compareView';
import type { InspectorSource } from './inspector';
import { errorMap } from './errorMap';
import type { ComparedPlace, ViewReport } from './viewReport';

/** What is compared. */
export interface ComparedPair {
  /** Of the one on trial and of the reference. */
  readonly names: readonly [string, string];
  readonly dumps: readonly [a: Dump, b: Dump];
  /** What is allowed instead of assert_close's tolerances. */
  readonly tolerance?: Partial<Tolerance>;
}

/** Two dumps side by side: the one on trial and the reference. */
export class ComparisonSource implements InspectorSource {
  readonly overviews = ['compare'] as const;
  private compared?: Promise<{ pair: ComparedPair; report: CompareReport }>;

  /**
   * @param open opens both; asked again where that or the comparison did not come to its end
   * @param revealCompared shows an element of one of them where it stands
   */
  constructor(
    private readonly open: () => Promise<ComparedPair>,
    readonly revealCompared: (place: ComparedPlace) => Promise<void>,
  ) {}

  async load(): Promise<undefined> {
    // There is no tensor to inspect: the comparison is the whole page.
  }

  async overview(_view: string, { detail }: DumpOptions, signal: AbortSignal): Promise<ViewReport> {
    this.compared ??= this.compare(signal);
    const { pair, report } = await this.compared.catch((error: unknown) => {
      this.compared = undefined;
      throw error;
    });
    const [a, b] = pair.dumps;
    const only = report.tensors.length === 1 ? report.tensors[0].name : undefined;
    const chosen = detail ?? report.firstDivergence ?? only;
    const shown = report.tensors.find(({ name, difference }) => name === chosen && difference);
    const refA = a.tensors.find(({ name }) => name === (shown?.nameA ?? shown?.name));
    const refB = b.tensors.find(({ name }) => name === shown?.name);
    const map = refA && refB && (await errorMap(refA, refB, signal));
    return compareView(report, pair.names, shown && map ? { comparison: shown, map } : undefined);
  }

  async revealRows(): Promise<void> {
    // The rows stand in two places at once.
  }

  async revealSource(): Promise<void> {
    // Nor does the comparison have a file of its own.
  }

  private async compare(signal: AbortSignal): Promise<{ pair: ComparedPair; report: CompareReport }> {
    const pair = await this.open();
    const [a, b] = pair.dumps;
    return { pair, report: await compareDumps(a, b, { signal, tolerance: pair.tolerance }) };
  }
}
