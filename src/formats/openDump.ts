import { FormatError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import type { Dump, OpenDump } from './dump';
import { openNpy } from './npy';
import { openNpz } from './npz';
import { openSafetensors } from './safetensors';

interface DumpFormat {
  readonly extension: string;
  /** Bytes that a file of this format begins with, where it has such. */
  readonly magic?: readonly number[];
  readonly open: OpenDump;
}

const formats: readonly DumpFormat[] = [
  { extension: '.npy', magic: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], open: openNpy },
  { extension: '.npz', magic: [0x50, 0x4b, 0x03, 0x04], open: openNpz },
  { extension: '.safetensors', open: openSafetensors },
];

/** Endings of the file names that `openDump` knows, each with its dot. */
export const dumpExtensions: readonly string[] = formats.map(({ extension }) => extension);

/**
 * Opens a dump in whatever format it is: its first bytes decide, or where they decide nothing the ending of its name.
 *
 * @param fileName without folders; for the choice of the format and for names of tensors
 * @throws FormatError if the file is of no known format, or is not what its format demands
 * @throws LimitError if it exceeds a bound of its format
 */
export async function openDump(source: ByteSource, fileName: string, signal?: AbortSignal): Promise<Dump> {
  const start = await source.read(0, Math.min(source.size, 8), signal);
  const format =
    formats.find(({ magic }) => magic?.every((byte, i) => start[i] === byte)) ??
    formats.find(({ extension }) => fileName.toLowerCase().endsWith(extension));
  if (format === undefined) {
    throw new FormatError('dump', `${fileName} is none of the formats that are read`, undefined, {
      advice: `Files of these kinds can be opened: ${dumpExtensions.join(', ')}.`,
    });
  }
  return format.open(source, fileName, signal);
}
