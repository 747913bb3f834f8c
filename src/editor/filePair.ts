import * as vscode from 'vscode';
import type { HostAnswers, InspectedThing } from '../compute/inspectorCalls';
import type { DumpEditor } from './dumpEditor';
import type { PairToCompare } from './pairToCompare';
import { nameOf, wantedFiles } from './wantedFiles';

/** Two files, by their URIs. */
export interface SavedFilePair {
  readonly file: string;
  readonly reference: string;
}

/** Two dumps, which the inspector of their page opens. */
export class FilePair implements PairToCompare {
  readonly names: readonly [string, string];
  readonly thing: InspectedThing;
  readonly answers: HostAnswers;

  constructor(
    readonly saved: SavedFilePair,
    editor: DumpEditor,
  ) {
    const uris = [saved.file, saved.reference].map((uri) => vscode.Uri.parse(uri, true));
    const [file, reference] = uris.map((uri) => ({ uri: uri.toString(), name: nameOf(uri) }));
    this.names = [file.name, reference.name];
    this.thing = { kind: 'files', files: [file, reference] };
    this.answers = {
      ...wantedFiles,
      revealCompared: async ({ side, tensor, row }) => editor.show(uris[side], tensor, row),
    };
  }
}
