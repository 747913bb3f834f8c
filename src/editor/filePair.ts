import * as vscode from 'vscode';
import { PageInspector, type InspectorThreads } from '../compute/pageInspector';
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
  readonly inspector: PageInspector;

  constructor(
    threads: InspectorThreads,
    readonly saved: SavedFilePair,
    editor: DumpEditor,
  ) {
    const uris = [saved.file, saved.reference].map((uri) => vscode.Uri.parse(uri, true));
    const [file, reference] = uris.map((uri) => ({ uri: uri.toString(), name: nameOf(uri) }));
    this.names = [file.name, reference.name];
    this.inspector = new PageInspector(
      threads,
      { kind: 'files', files: [file, reference] },
      { ...wantedFiles, revealCompared: async ({ side, tensor, row }) => editor.show(uris[side], tensor, row) },
    );
  }

  dispose(): void {
    void this.inspector.dispose();
  }
}
