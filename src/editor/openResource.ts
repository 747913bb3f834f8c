import * as vscode from 'vscode';
import { MemorySource, type ByteSource } from '../formats/byteSource';
import type { OpenSibling } from '../formats/dump';
import { FileSource } from '../formats/fileSource';
import type { Tell } from '../report/inspector';
import { LimitError } from '../tensor/errors';
import { isMissing } from './fileError';
import { megabyte, setting } from './settings';

/** Bytes of a resource, and how to let go of it. */
export interface OpenedResource {
  readonly source: ByteSource;
  /** Opens another file of its folder; it is closed with the resource. */
  readonly sibling: OpenSibling;
  close(): Promise<void>;
}

/**
 * Opens a file for reading by range; where the file system has no ranges (anything but `file:`) it is read whole.
 *
 * @param tell is told the size of what is read whole
 * @throws LimitError if that is more than the setting allows; the file system's own error if there is no such file
 */
export async function openResource(uri: vscode.Uri, tell: Tell = () => {}): Promise<OpenedResource> {
  return uri.scheme === 'file' ? openFile(uri) : openWhole(uri, tell);
}

async function openFile(uri: vscode.Uri): Promise<OpenedResource> {
  const source = await FileSource.open(uri.fsPath);
  const files = [source];
  return {
    source,
    sibling: async (name) => {
      const file = await FileSource.openIfThere(vscode.Uri.joinPath(uri, '..', name).fsPath);
      files.push(...(file ? [file] : []));
      return file;
    },
    close: async () => {
      await Promise.all(files.map((file) => file.close()));
    },
  };
}

async function openWhole(uri: vscode.Uri, tell: Tell): Promise<OpenedResource> {
  return {
    source: await readWhole(uri, tell),
    sibling: async (name) => {
      try {
        return await readWhole(vscode.Uri.joinPath(uri, '..', name), tell);
      } catch (error) {
        if (isMissing(error)) {
          return undefined;
        }
        throw error;
      }
    },
    close: async () => {},
  };
}

async function readWhole(uri: vscode.Uri, tell: Tell): Promise<MemorySource> {
  const fileName = uri.path.split('/').at(-1) ?? '';
  const { size } = await vscode.workspace.fs.stat(uri);
  const limit = setting('virtualFileLimit', uri);
  if (size > limit * megabyte) {
    throw new LimitError(
      `${fileName} has ${Math.ceil(size / megabyte)} MB and could only be read as a whole from “${uri.scheme}:”; ` +
        `the limit for that is ${limit} MB.`,
      { advice: 'Raise the setting normscope.virtualFileLimit, or copy the file to a disk of this machine.' },
    );
  }
  tell({ type: 'opening', fileName, byteLength: size });
  return new MemorySource(await vscode.workspace.fs.readFile(uri));
}
