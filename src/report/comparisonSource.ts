import type { Dump } from '../formats/dump';
import type { DumpOptions } from '../protocol';
import { compareDumps } from './compareDumps';
import type { CompareReport } from './compareReport';
import { compareView } from './compareView';
import type { InspectorSource } from './inspector';
import { rowDifferences } from './rowDifferences';
import type { ViewReport } from './viewReport';

/** Two dumps side by side: the file on trial and the reference. */
export class ComparisonSource implements InspectorSource {
  readonly overviews = ['compare'] as const;
  private compared?: Promise<CompareReport>;

  /**
   * @param saved the host's note of the two files
   * @param names of the file on trial and of the reference
   * @param open  opens both, once
   */
  constructor(
    readonly saved: unknown,
    private readonly names: readonly [string, string],
    private readonly open: () => Promise<readonly [a: Dump, b: Dump]>,
  ) {}

  async load(): Promise<undefined> {
    // There is no tensor to inspect: the comparison is the whole page.
  }

  async overview(_view: string, { detail }: DumpOptions, signal: AbortSignal): Promise<ViewReport> {
    const [a, b] = await this.open();
    this.compared ??= compareDumps(a, b, { signal });
    const report = await this.compared.catch((error: unknown) => {
      this.compared = undefined;
      throw error;
    });
    const shown = report.tensors.find(
      ({ name, difference }) => name === (detail ?? report.firstDivergence) && difference,
    );
    const refA = a.tensors.find(({ name }) => name === (shown?.nameA ?? shown?.name));
    const refB = b.tensors.find(({ name }) => name === shown?.name);
    const rows = refA && refB && (await rowDifferences(refA, refB, signal));
    return compareView(report, this.names, shown && rows ? { comparison: shown, rows } : undefined);
  }

  async revealRows(): Promise<void> {
    // The rows stand in two files, not in a text.
  }

  async revealSource(): Promise<void> {
    // Nor does the comparison have a file of its own.
  }
}
