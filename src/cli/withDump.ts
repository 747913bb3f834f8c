import { basename, dirname, join } from 'node:path';
import type { Dump } from '../formats/dump';
import { FileSource } from '../formats/fileSource';
import { openDump } from '../formats/openDump';

/**
 * Opens a dump for as long as `use` takes.
 *
 * @throws FormatError, LimitError, or the file system's own error, if it cannot be opened
 */
export async function withDump<T>(path: string, use: (dump: Dump) => Promise<T>): Promise<T> {
  const source = await FileSource.open(path);
  const opened = [source];
  const sibling = async (name: string) => {
    const other = await FileSource.openIfThere(join(dirname(path), name));
    opened.push(...(other ? [other] : []));
    return other;
  };
  try {
    return await use(await openDump(source, basename(path), undefined, sibling));
  } finally {
    await Promise.all(opened.map((file) => file.close()));
  }
}
