import type * as vscode from 'vscode';
import { PageInspector, type InspectorThreads } from '../compute/pageInspector';
import { arrayOrNone, type FoundArray } from '../report/findCase';
import { defaultLimits } from '../text/arrayLiteral';
import { tooLong } from '../text/tooLong';
import { placeOf } from './textPlace';

/** Up to how many UTF-16 units a selection is read at once: that takes a few milliseconds, also where it is no array. */
const shortLength = 20_000;

/** Finds the arrays in selections: the longer ones on a thread, since all of a file may be selected that holds none. */
export class SelectedArrays implements vscode.Disposable {
  private readonly reader: PageInspector;

  constructor(threads: InspectorThreads) {
    this.reader = new PageInspector(threads, { kind: 'array' }, {});
  }

  /**
   * The array in selections of a text; undefined if there is none.
   *
   * @param maxLength UTF-16 units that are read at the most
   * @throws LimitError if they are longer; the signal's reason
   */
  async find(
    document: vscode.TextDocument,
    selections: readonly vscode.Range[],
    maxLength: number,
    signal: AbortSignal,
  ): Promise<FoundArray | undefined> {
    const { ranges } = placeOf(document, selections);
    const length = ranges.reduce((sum, [start, end]) => sum + end - start, 0);
    if (length > maxLength) {
      // Without the text, which the editor joins from its lines after every edit.
      throw tooLong('selection', { ...defaultLimits, maxLength });
    }
    const text = document.getText();
    return length > shortLength
      ? this.reader.find({ text, ranges, maxLength }, signal)
      : arrayOrNone(text, ranges, { maxLength });
  }

  dispose(): void {
    void this.reader.dispose();
  }
}
