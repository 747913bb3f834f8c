import { oneLine } from '../formats/quote';
import { InputError, withAdvice } from '../tensor/errors';

/** Errors of the file system that people meet, by code. */
const fileFaults: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file or folder',
  EACCES: 'Permission is lacking for',
  EISDIR: 'This is a folder, not a file',
  ENOTDIR: 'A part of this path is no folder',
  ENOSPC: 'No space is left for',
};

/** What to tell of an error on stderr: a line on bad input and what to do about it, the stack of a fault of this program. */
export function errorLine(error: unknown): string {
  if (error instanceof InputError) {
    return oneLine(withAdvice(error));
  }
  if (!(error instanceof Error)) {
    return String(error);
  }
  const { code, path, message, stack } = error as NodeJS.ErrnoException;
  if (code === undefined) {
    return stack ?? message;
  }
  // Reading a folder fails without its path.
  return oneLine(code in fileFaults ? [fileFaults[code], path].filter(Boolean).join(': ') : message);
}
