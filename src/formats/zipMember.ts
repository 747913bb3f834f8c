import type { FileEntry } from '@zip.js/zip.js';
import { FormatError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import { InflatedMember } from './inflatedMember';
import { quote } from './quote';
import type { RecentBytes } from './recentBytes';
import { SourceWindow } from './sourceWindow';
import { StoredMember } from './storedMember';

const stored = 0;
const deflated = 8;
const methodNames = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'xz'],
]);

/** A header of fixed length, then a name and an extra field, stand before the data of a member. */
const localHeaderBytes = 30;
const localHeaderSignature = 0x04034b50;

/** What a zip file is, for messages. */
export interface ZipFormat {
  /** As in "npz". */
  readonly name: string;
  /** The function that writes such files without compression. */
  readonly writer: string;
}

/**
 * Opens a member of a zip file by reading its local header.
 *
 * @param entry  of the zip directory
 * @param source the zip file
 * @param recent holds what is inflated
 * @param format of the zip file
 * @throws FormatError if the member is not where the directory says, is encrypted or compressed by an unusual method
 */
export async function openZipMember(
  entry: FileEntry,
  source: ByteSource,
  recent: RecentBytes,
  format: ZipFormat,
  signal?: AbortSignal,
): Promise<StoredMember | InflatedMember> {
  const { filename, compressionMethod, offset, compressedSize, uncompressedSize, crc32 } = entry;
  const refuse = (reason: string, advice?: string) =>
    new FormatError(format.name, `${quote(filename)} ${reason}`, offset, { advice });
  if (entry.encrypted) {
    throw refuse('is encrypted');
  }
  if (compressionMethod !== stored && compressionMethod !== deflated) {
    const method = methodNames.get(compressionMethod) ?? 'unknown';
    throw refuse(
      `is compressed by method ${compressionMethod} (${method}); stored and deflated members are read`,
      `Save the file with ${format.writer}.`,
    );
  }
  if (!(offset >= 0 && offset + localHeaderBytes <= source.size)) {
    throw refuse(`should begin at byte ${offset} of a file of ${source.size} bytes`);
  }
  const header = await source.read(offset, offset + localHeaderBytes, signal);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (view.getUint32(0, true) !== localHeaderSignature) {
    throw refuse('has no zip header where the directory places it');
  }
  const start = offset + localHeaderBytes + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + compressedSize > source.size) {
    throw refuse(`ends at byte ${start + compressedSize} of a file of ${source.size} bytes`);
  }
  if (compressionMethod === deflated) {
    return new InflatedMember(entry, new SourceWindow(source, start, compressedSize), recent, format);
  }
  if (compressedSize !== uncompressedSize || crc32 === undefined) {
    throw refuse(`is stored in ${compressedSize} bytes and said to have ${uncompressedSize}`);
  }
  return new StoredMember(filename, format.name, source, start, compressedSize, crc32);
}
