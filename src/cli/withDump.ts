import { basename, dirname, join } from 'node:path';
import type { Dump } from '../formats/dump';
import { FileSource } from '../formats/fileSource';
import { openDump } from '../formats/openDump';
import { openRaw } from '../formats/rawArray';
import { InputError } from '../tensor/errors';
import type { Options } from './command';
import { readRawLayout } from './rawOptions';

/**
 * Opens a dump for as long as `use` takes.
 *
 * @param options of the command; `rawOptions` among them say that the file has no header, and what it holds
 * @throws UsageError if the options contradict each other
 * @throws FormatError, LimitError, or the file system's own error, if it cannot be opened
 */
export async function withDump<T>(path: string, options: Options, use: (dump: Dump) => Promise<T>): Promise<T> {
  const layout = readRawLayout(options);
  const source = await FileSource.open(path);
  const opened = [source];
  const sibling = async (name: string) => {
    const other = await FileSource.openIfThere(join(dirname(path), name));
    opened.push(...(other ? [other] : []));
    return other;
  };
  try {
    return await use(
      await openNamed(path, (name) =>
        layout ? openRaw(source, name, layout) : openDump(source, name, undefined, sibling),
      ),
    );
  } finally {
    await Promise.all(opened.map((file) => file.close()));
  }
}

/** Opens a dump; a refusal says which file it is of, since a call may name two, and a script many. */
async function openNamed(path: string, open: (name: string) => Dump | Promise<Dump>): Promise<Dump> {
  const name = basename(path);
  try {
    return await open(name);
  } catch (error) {
    if (error instanceof InputError && !error.message.includes(name)) {
      error.message = `${name}: ${error.message}`;
    }
    throw error;
  }
}
