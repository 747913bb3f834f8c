import type { FileEntry } from '@zip.js/zip.js';
import { FormatError, InputError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import type { Dump, TensorRef } from './dump';
import { npyTensors } from './npy';
import { quote } from './quote';
import { RecentBytes } from './recentBytes';
import { StoredMember } from './storedMember';
import { readZipDirectory } from './zipDirectory';
import { openZipMember } from './zipMember';

/** Inflated members held in memory per file: enough for the tensors of one norm in most dumps. */
const maxHeldBytes = 2 ** 28;

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
      notes.push(`${quote(name)} is passed over: it is no .npy member.`);
      continue;
    }
    try {
      const member = await memberTensors(entry, source, recent, signal);
      tensors.push(...member.tensors);
      notes.push(...member.notes.map((note) => `${quote(name)}: ${note}`));
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
  const member = await openZipMember(entry, source, recent, signal);
  const { filename } = entry;
  const memberName = filename.slice(0, -'.npy'.length);
  try {
    const { tensors, notes } = await npyTensors(member, (length) => member.head(length, signal));
    const nameOf = (field: string) => (field === '' ? memberName : `${memberName}.${field}`);
    return { tensors: tensors.map((ref) => ({ ...ref, name: nameOf(ref.name) })), notes };
  } catch (error) {
    if (error instanceof FormatError && error.format === 'npy') {
      const { reason, byteOffset, advice } = error;
      // Where in the file, if the bytes of the member stand there as they are.
      const place =
        member instanceof StoredMember && byteOffset !== undefined ? member.contentStart + byteOffset : undefined;
      throw new FormatError('npz', `${quote(filename)}: ${reason}`, place, { advice, cause: error });
    }
    throw error;
  }
}
