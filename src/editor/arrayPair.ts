import * as vscode from 'vscode';
import type { HostAnswers, InspectedThing } from '../compute/inspectorCalls';
import { literalComparison, type ComparedArrays } from '../report/literalComparison';
import type { ArrayLiteral } from '../text/arrayLiteral';
import { findCase } from './findCase';
import type { PairToCompare } from './pairToCompare';
import { reading } from './placedError';
import { TextPlace, type SavedPlace } from './textPlace';

/** Two arrays, by where they stand. */
export interface SavedArrayPair {
  readonly inspected: SavedPlace;
  readonly selection: SavedPlace;
}

/** Two arrays in texts, as they stood there when they were read. */
export class ArrayPair implements PairToCompare {
  readonly thing: InspectedThing;
  readonly answers: HostAnswers;

  private constructor(
    readonly saved: SavedArrayPair,
    readonly names: readonly [string, string],
    arrays: ComparedArrays,
  ) {
    this.thing = { kind: 'arrays', names };
    this.answers = {
      arrays: async () => arrays,
      revealCompared: async ({ side, row }) => reveal(side === 0 ? saved.inspected : saved.selection, row),
    };
  }

  /** @throws InputError if one is no array any more, or they are not of one shape */
  static async read(saved: SavedArrayPair): Promise<ArrayPair> {
    const a = await readArray(saved.inspected);
    const b = await readArray(saved.selection);
    const names = [a.name, b.name] as const;
    return new ArrayPair(saved, names, literalComparison(a.array, b.array, names));
  }
}

/** Selects a row of an array in its text. */
async function reveal(place: SavedPlace, row: number): Promise<void> {
  const { document, array } = await readArray(place);
  const { rowOffsets } = array;
  const selection = new vscode.Range(
    document.positionAt(rowOffsets[2 * row]),
    document.positionAt(rowOffsets[2 * row + 1]),
  );
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.One, selection });
}

/** The array at a place, of a whole case its x; and its name as the editor writes places: "layer.py:5:1". */
async function readArray(
  place: SavedPlace,
): Promise<{ document: vscode.TextDocument; array: ArrayLiteral; name: string }> {
  const { document, ranges } = await new TextPlace(place).open();
  const array = reading(document, () => findCase(document, ranges).literal.x);
  const { line, character } = document.positionAt(array.start);
  return { document, array, name: `${document.uri.path.split('/').at(-1)}:${line + 1}:${character + 1}` };
}
