import * as vscode from 'vscode';
import { MemorySource, type ByteSource } from '../formats/byteSource';
import { FileSource } from '../formats/fileSource';

/** Bytes of a resource, and how to let go of it. */
export interface OpenedResource {
  readonly source: ByteSource;
  close(): Promise<void>;
}

/** Opens a file for reading by range; where the file system has no ranges (anything but `file:`) it is read whole. */
export async function openResource(uri: vscode.Uri): Promise<OpenedResource> {
  if (uri.scheme === 'file') {
    const source = await FileSource.open(uri.fsPath);
    return { source, close: () => source.close() };
  }
  return { source: new MemorySource(await vscode.workspace.fs.readFile(uri)), close: async () => {} };
}
