import * as vscode from 'vscode';
import { arrayOrNone, type FoundArray, type TextRanges } from '../report/findCase';
import { hoverMarkdown } from '../report/hoverMarkdown';
import { LimitError } from '../tensor/errors';
import type { SelectedArrays } from './selectedArrays';
import { placeOf, type SavedPlace } from './textPlace';

const openSettings = 'workbench.action.openSettings';

/** A hover, and the array that it is of: wherever in that the pointer rests, it stays the same. */
interface KeptHover {
  readonly start: number;
  readonly end: number;
  readonly ofSelection: boolean;
  readonly hover: vscode.Hover | undefined;
}

/** Shows the numbers of the selection under the pointer, or else of the array literal there. */
export class ArrayHover implements vscode.HoverProvider {
  private readonly kept = new WeakMap<vscode.TextDocument, { version: number; hovers: KeptHover[] }>();

  constructor(private readonly arrays: SelectedArrays) {}

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.Hover | undefined> {
    const settings = vscode.workspace.getConfiguration('normscope', document.uri);
    if (!settings.get<boolean>('hover.enabled')) {
      return undefined;
    }
    // Pointers move on within milliseconds; what was asked for and left must cost nothing.
    await new Promise(setImmediate);
    if (token.isCancellationRequested) {
      return undefined;
    }
    const selected = selectionAt(document, position);
    const { ranges } = placeOf(document, [selected ?? new vscode.Range(position, position)]);
    const [[start, end]] = ranges;
    const hovers = this.hoversOf(document);
    const known = hovers.find((kept) =>
      selected ? kept.ofSelection && kept.start === start && kept.end === end : covers(kept, start),
    );
    if (known) {
      return known.hover;
    }
    const maxLength = settings.get<number>('hover.maxCharacters')!;
    const found = await findHover(document, ranges, async () =>
      selected
        ? this.arrays.find(document, [selected], maxLength, signalOf(token))
        : arrayOrNone(document.getText(), ranges, { maxLength }),
    ).catch((error: unknown) => {
      if (!token.isCancellationRequested) {
        throw error;
      }
    });
    if (found) {
      const extent = selected ? { start, end } : found;
      hovers.push({ start: extent.start, end: extent.end, ofSelection: selected !== undefined, hover: found.hover });
    }
    return found?.hover;
  }

  /** The hovers of this version of a text. */
  private hoversOf(document: vscode.TextDocument): KeptHover[] {
    let kept = this.kept.get(document);
    if (kept?.version !== document.version) {
      kept = { version: document.version, hovers: [] };
      this.kept.set(document, kept);
    }
    return kept.hovers;
  }
}

function signalOf(token: vscode.CancellationToken): AbortSignal {
  const controller = new AbortController();
  token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}

function covers({ ofSelection, start, end }: KeptHover, offset: number): boolean {
  return !ofSelection && start <= offset && offset <= end;
}

function selectionAt(document: vscode.TextDocument, position: vscode.Position): vscode.Selection | undefined {
  const selections = vscode.window.visibleTextEditors.find((editor) => editor.document === document)?.selections ?? [];
  return selections.find((selection) => !selection.isEmpty && selection.contains(position));
}

/** The hover of the array at a place, and the array's extent; undefined where there is none worth a hover. */
async function findHover(
  document: vscode.TextDocument,
  ranges: TextRanges,
  find: () => Promise<FoundArray | undefined>,
): Promise<{ start: number; end: number; hover: vscode.Hover | undefined } | undefined> {
  try {
    const found = await find();
    if (found === undefined) {
      return undefined;
    }
    const { array } = found;
    const markdown = hoverMarkdown(array, links({ uri: document.uri.toString(), ranges: found.ranges }));
    const extent = new vscode.Range(document.positionAt(array.start), document.positionAt(array.end));
    const hover = markdown === undefined ? undefined : new vscode.Hover(trusted(markdown), extent);
    return { start: array.start, end: array.end, hover };
  } catch (error) {
    if (error instanceof LimitError) {
      const place = { uri: document.uri.toString(), ranges };
      const [[start, end]] = ranges;
      return { start, end, hover: new vscode.Hover(trusted(`${error.message} ${longerLinks(place)}`)) };
    }
    throw error;
  }
}

function links(place: SavedPlace): string {
  return `${link('Inspect', 'normscope.inspectSelection', place)} · ${link('Check gradients', 'normscope.checkGradients', place)}`;
}

/** What can be done about an array that is too long for a hover: the inspector reads longer ones. */
function longerLinks(place: SavedPlace): string {
  const setting = link('Change what a hover reads', openSettings, 'normscope.hover.maxCharacters');
  return `${link('Inspect', 'normscope.inspectSelection', place)} · ${setting}`;
}

function link(title: string, command: string, argument: unknown): string {
  return `[${title}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}

function trusted(markdown: string): vscode.MarkdownString {
  const contents = new vscode.MarkdownString(markdown);
  contents.isTrusted = { enabledCommands: ['normscope.inspectSelection', 'normscope.checkGradients', openSettings] };
  return contents;
}
