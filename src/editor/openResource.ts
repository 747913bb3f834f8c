import * as vscode from 'vscode';
import { MemorySource, type ByteSource } from '../formats/byteSource';
import type { OpenSibling } from '../formats/dump';
import { FileSource } from '../formats/fileSource';

/** Bytes of a resource, and how to let go of it. */
export interface OpenedResource {
  readonly source: ByteSource;
  /** Opens another file of its folder; it is closed with the resource. */
  readonly sibling: OpenSibling;
  close(): Promise<void>;
}

/** Opens a file for reading by range; where the file system has no ranges (anything but `file:`) it is read whole. */
export async function openResource(uri: vscode.Uri): Promise<OpenedResource> {
  const files: FileSource[] = [];
  const close = async () => {
    await Promise.all(files.map((file) => file.close()));
  };
  if (uri.scheme === 'file') {
    const source = await FileSource.open(uri.fsPath);
    files.push(source);
    const sibling = async (name: string) => {
      const file = await FileSource.openIfThere(vscode.Uri.joinPath(uri, '..', name).fsPath);
      files.push(...(file ? [file] : []));
      return file;
    };
    return { source, sibling, close };
  }
  const sibling = async (name: string) => {
    try {
      return new MemorySource(await vscode.workspace.fs.readFile(vscode.Uri.joinPath(uri, '..', name)));
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
        return undefined;
      }
      throw error;
    }
  };
  return { source: new MemorySource(await vscode.workspace.fs.readFile(uri)), sibling, close };
}
