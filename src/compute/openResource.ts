import { MemorySource, type ByteSource } from '../formats/byteSource';
import type { OpenSibling } from '../formats/dump';
import { FileSource } from '../formats/fileSource';
import type { Tell } from '../report/inspector';
import { InputError } from '../tensor/errors';
import type { HostCalls, InspectorCalls, NamedFile } from './inspectorCalls';
import type { Peer } from './peer';

/** The host of a page, as its inspector sees it. */
export type HostPeer = Peer<HostCalls, InspectorCalls>;

/** Bytes of a file, and how to let go of it. */
export interface OpenedResource {
  readonly source: ByteSource;
  /** Opens another file of its folder; it is closed with the resource. */
  readonly sibling: OpenSibling;
  close(): Promise<void>;
}

/** A file that the file system does not hand out. */
export class FileError extends InputError {}

/**
 * Opens a file for reading by range; where the file system has no ranges (anything but `file:`) it is read whole.
 *
 * @param tell is told the size of what is read whole
 * @throws FileError if there is no such file; LimitError if it is too large to be read whole
 */
export async function openResource(host: HostPeer, { uri, name }: NamedFile, tell: Tell): Promise<OpenedResource> {
  const opened: FileSource[] = [];
  const open = async (sibling?: string): Promise<ByteSource | undefined> => {
    const place = await host.call('locate', { uri, sibling });
    if (place === undefined) {
      return undefined;
    }
    if ('byteLength' in place) {
      tell({ type: 'opening', fileName: sibling ?? name, byteLength: place.byteLength });
      return new MemorySource(await host.call('readWhole', { uri, sibling }));
    }
    const file = await FileSource.openIfThere(place.path);
    opened.push(...(file ? [file] : []));
    return file;
  };
  const source = await open();
  if (source === undefined) {
    throw new FileError(`There is no ${name} now.`, { advice: 'It is shown as soon as it is there.' });
  }
  return {
    source,
    sibling: open,
    close: async () => {
      await Promise.all(opened.map((file) => file.close()));
    },
  };
}

/** An error of opening a file in words that can be shown; what says what is wrong already passes unchanged. */
export function fileError(error: unknown, fileName: string): InputError {
  return error instanceof InputError
    ? error
    : new FileError(`${fileName} cannot be read: ${error instanceof Error ? error.message : String(error)}`, {
        cause: error,
      });
}
