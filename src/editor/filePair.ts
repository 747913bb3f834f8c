import type * as vscode from 'vscode';
import type { Dump } from '../formats/dump';
import { openDump } from '../formats/openDump';
import type { ComparedPair } from '../report/comparisonSource';
import type { DumpEditor } from './dumpEditor';
import { openResource, type OpenedResource } from './openResource';
import type { PairToCompare } from './pairToCompare';

/** Two files, by their URIs. */
export interface SavedFilePair {
  readonly file: string;
  readonly reference: string;
}

/** Two dumps, opened when they are first asked for and closed together. */
export class FilePair implements PairToCompare {
  readonly saved: SavedFilePair;
  readonly names: readonly [string, string];
  private readonly resources: OpenedResource[] = [];
  private dumps?: Promise<readonly [Dump, Dump]>;

  constructor(
    private readonly file: vscode.Uri,
    private readonly reference: vscode.Uri,
    private readonly editor: DumpEditor,
  ) {
    this.saved = { file: file.toString(), reference: reference.toString() };
    this.names = [nameOf(file), nameOf(reference)];
  }

  open(): Promise<ComparedPair> {
    this.dumps ??= this.openBoth().catch(async (error: unknown) => {
      this.dumps = undefined;
      await this.close();
      throw error;
    });
    return this.dumps;
  }

  reveal(side: 0 | 1, tensor: string, row: number): Promise<void> {
    return this.editor.show(side === 0 ? this.file : this.reference, tensor, row);
  }

  async close(): Promise<void> {
    await Promise.all(this.resources.splice(0).map((resource) => resource.close()));
  }

  private async openBoth(): Promise<readonly [Dump, Dump]> {
    return [await this.openOne(this.file), await this.openOne(this.reference)];
  }

  private async openOne(uri: vscode.Uri): Promise<Dump> {
    const resource = await openResource(uri);
    this.resources.push(resource);
    return openDump(resource.source, nameOf(uri), undefined, resource.sibling);
  }
}

function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
