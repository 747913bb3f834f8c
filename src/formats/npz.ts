import type { FileEntry } from '@zip.js/zip.js';
import { FormatError, InputError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import type { Dump, TensorRef } from './dump';
import { InflatedMember } from './inflatedMember';
import { npyTensors } from './npy';
import { RecentBytes } from './recentBytes';
import { StoredMember } from './storedMember';
import { readZipDirectory } from './zipDirectory';

/** Inflated members held in memory per file: enough for the tensors of one norm in most dumps. */
const maxHeldBytes = 2 ** 28;

const stored = 0;
const deflated = 8;
const methodNames = new Map([
  [9, 'Deflate64'],
  [12, 'bzip2'],
  [14, 'LZMA'],
  [93, 'Zstandard'],
  [95, 'xz'],
]);

type MemberContent = Pick<Dump, 'tensors' | 'notes'>;

/**
 * Opens a .npz file: a zip file with a .npy file for each array, whose name without the ending is the tensor's. Only the
 * directory and the headers of the arrays are read. A member that cannot be read is passed over with a note.
 *
 * @throws FormatError if the zip file is broken, or has members of which none can be read
 * @throws LimitError if the file has too many members
 */
export async function openNpz(source: ByteSource, _fileName: string, signal?: AbortSignal): Promise<Dump> {
  const entries = await readZipDirectory(source, signal);
  // As in Python's zipfile, the last of several members with one name counts.
  const byName = new Map(entries.map((entry) => [entry.filename, entry]));
  const notes: string[] = [];
  if (byName.size < entries.length) {
    notes.push('Several members have the same name; the last of each name is shown.');
  }
  const recent = new RecentBytes(maxHeldBytes);
  const tensors: TensorRef[] = [];
  let failure: InputError | undefined;
  for (const [name, entry] of byName) {
    signal?.throwIfAborted();
    if (!name.endsWith('.npy')) {
      notes.push(`"${name}" is passed over: it is no .npy member.`);
      continue;
    }
    try {
      const member = await memberTensors(entry, source, recent, signal);
      tensors.push(...member.tensors);
      notes.push(...member.notes.map((note) => `"${name}": ${note}`));
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      failure ??= error;
      notes.push(`Not shown: ${error.message}${/[.!]$/.test(error.message) ? '' : '.'}`);
    }
  }
  if (failure && tensors.length === 0) {
    throw failure;
  }
  if (tensors.length === 0 && entries.length > 0) {
    throw new FormatError('npz', `none of the ${entries.length} members of the zip file is a .npy file`);
  }
  return { format: 'npz', metadata: {}, tensors, notes };
}

async function memberTensors(
  entry: FileEntry,
  source: ByteSource,
  recent: RecentBytes,
  signal?: AbortSignal,
): Promise<MemberContent> {
  const { filename, compressionMethod, encrypted } = entry;
  if (encrypted) {
    throw new FormatError('npz', `"${filename}" is encrypted`, entry.offset);
  }
  if (compressionMethod !== stored && compressionMethod !== deflated) {
    const method = methodNames.get(compressionMethod);
    throw new FormatError(
      'npz',
      `"${filename}" is compressed by method ${compressionMethod}${method ? ` (${method})` : ''}; stored and deflated members are read`,
      entry.offset,
      { advice: 'Save the file with numpy.savez.' },
    );
  }
  const { tensors, notes } =
    compressionMethod === stored
      ? await storedTensors(await openStored(entry, source, signal), filename, signal)
      : await inflatedTensors(new InflatedMember(entry, recent), filename);
  const memberName = filename.slice(0, -'.npy'.length);
  const named = tensors.map((ref) => ({ ...ref, name: ref.name === '' ? memberName : `${memberName}.${ref.name}` }));
  return { tensors: named, notes };
}

function storedTensors(member: StoredMember, filename: string, signal?: AbortSignal): Promise<MemberContent> {
  const head = (bytes: number) => member.read(0, bytes, signal);
  return npyTensors(member, head).catch((error: unknown) => {
    throw inMember(error, filename, member.contentStart);
  });
}

function inflatedTensors(member: InflatedMember, filename: string): Promise<MemberContent> {
  return npyTensors(member, (bytes) => member.head(bytes)).catch((error: unknown) => {
    throw inMember(error, filename);
  });
}

/** Says of a fault in a .npy member which member it is in, and where in the file if its bytes are there. */
function inMember(error: unknown, filename: string, contentStart?: number): unknown {
  if (!(error instanceof FormatError && error.format === 'npy')) {
    return error;
  }
  const { reason, byteOffset, advice } = error;
  const place = contentStart === undefined || byteOffset === undefined ? undefined : contentStart + byteOffset;
  return new FormatError('npz', `"${filename}": ${reason}`, place, { advice, cause: error });
}

/** Finds the content of a stored member behind its local header, whose length the directory does not tell. */
async function openStored(entry: FileEntry, source: ByteSource, signal?: AbortSignal): Promise<StoredMember> {
  const { filename, offset, compressedSize, uncompressedSize, crc32: checksum } = entry;
  const refuse = (reason: string) => new FormatError('npz', `"${filename}" ${reason}`, offset);
  if (offset + 30 > source.size) {
    throw refuse(`should begin at byte ${offset} of a file of ${source.size} bytes`);
  }
  if (compressedSize !== uncompressedSize || checksum === undefined) {
    throw refuse(`is stored in ${compressedSize} bytes and said to have ${uncompressedSize}`);
  }
  const header = await source.read(offset, offset + 30, signal);
  const view = new DataView(header.buffer, header.byteOffset, header.length);
  if (view.getUint32(0, true) !== 0x04034b50) {
    throw refuse('has no zip header where the directory places it');
  }
  const start = offset + 30 + view.getUint16(26, true) + view.getUint16(28, true);
  if (start + compressedSize > source.size) {
    throw refuse(`ends at byte ${start + compressedSize} of a file of ${source.size} bytes`);
  }
  return new StoredMember(filename, source, start, compressedSize, checksum);
}
