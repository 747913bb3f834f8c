import * as vscode from 'vscode';
import type { HostCalls, WantedFile } from '../compute/inspectorCalls';
import type { Answers } from '../compute/peer';
import { LimitError } from '../tensor/errors';
import { megabyte, setting } from './settings';

/**
 * Finds files for an inspector: those of this machine it opens itself by range; where a file system has no ranges (anything
 * but `file:`) they are read whole.
 */
export const wantedFiles: Pick<Answers<HostCalls>, 'locate' | 'readWhole'> = {
  locate: async (wanted) => {
    const uri = uriOf(wanted);
    if (uri.scheme === 'file') {
      return { path: uri.fsPath };
    }
    try {
      const { size } = await vscode.workspace.fs.stat(uri);
      refuseLarge(uri, size);
      return { byteLength: size };
    } catch (error) {
      if (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') {
        return undefined;
      }
      throw error;
    }
  },
  readWhole: async (wanted) => vscode.workspace.fs.readFile(uriOf(wanted)),
};

function uriOf({ uri, sibling }: WantedFile): vscode.Uri {
  const file = vscode.Uri.parse(uri, true);
  return sibling === undefined ? file : vscode.Uri.joinPath(file, '..', sibling);
}

function refuseLarge(uri: vscode.Uri, size: number): void {
  const limit = setting('virtualFileLimit', uri);
  if (size > limit * megabyte) {
    throw new LimitError(
      `${nameOf(uri)} has ${Math.ceil(size / megabyte)} MB and could only be read as a whole from “${uri.scheme}:”; ` +
        `the limit for that is ${limit} MB.`,
      { advice: 'Raise the setting normscope.virtualFileLimit, or copy the file to a disk of this machine.' },
    );
  }
}

/** The name of a file, without its folders. */
export function nameOf(uri: vscode.Uri): string {
  return uri.path.split('/').at(-1) ?? '';
}
