import * as vscode from 'vscode';
import { InputError } from '../tensor/errors';

/** A file that the file system does not hand out. */
export class FileError extends InputError {}

/** Whether an error of Node or of the editor says that there is no such file. */
export function isMissing(error: unknown): boolean {
  return (
    (error instanceof vscode.FileSystemError && error.code === 'FileNotFound') ||
    (error instanceof Error && 'code' in error && error.code === 'ENOENT')
  );
}

/** An error of opening a file in words that can be shown; what says what is wrong already passes unchanged. */
export function fileError(error: unknown, fileName: string): InputError {
  if (error instanceof InputError) {
    return error;
  }
  return isMissing(error)
    ? new FileError(`There is no ${fileName} now.`, { advice: 'It is shown as soon as it is there.', cause: error })
    : new FileError(`${fileName} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
}
