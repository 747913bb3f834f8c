import { FormatError, InputError } from '../tensor/errors';
import { counted } from '../tensor/formatCount';
import type { Dump, TensorRef } from './dump';
import { npyTensors } from './npy';
import { quote } from './quote';
import { StoredMember } from './storedMember';
import type { ZipArchive } from './zipArchive';
import type { ZipFormat } from './zipMember';

const npz: ZipFormat = { name: 'npz', writer: 'numpy.savez' };

/**
 * The arrays of a .npz file: a zip file with a .npy file for each, whose name without the ending is the tensor's. Only the
 * headers of the arrays are read. A member that cannot be read is passed over with a note.
 *
 * @throws FormatError if there are members of which none can be read
 */
export async function npzDump(archive: ZipArchive, signal?: AbortSignal): Promise<Dump> {
  const { names } = archive;
  const notes: string[] = [];
  if (archive.hasNamesakes) {
    notes.push('Several members have the same name; the last of each name is shown.');
  }
  const tensors: TensorRef[] = [];
  let failure: InputError | undefined;
  for (const name of names) {
    signal?.throwIfAborted();
    if (!name.endsWith('.npy')) {
      notes.push(`${quote(name)} is passed over: it is no .npy member.`);
      continue;
    }
    try {
      const member = await memberTensors(archive, name, signal);
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
  if (tensors.length === 0 && names.length > 0) {
    throw new FormatError('npz', `of the ${counted(names.length, 'member')} of the zip file none is a .npy file`);
  }
  return { format: 'npz', metadata: {}, tensors, notes };
}

async function memberTensors(
  archive: ZipArchive,
  name: string,
  signal?: AbortSignal,
): Promise<Pick<Dump, 'tensors' | 'notes'>> {
  const member = await archive.member(name, npz, signal);
  const memberName = name.slice(0, -'.npy'.length);
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
      throw new FormatError('npz', `${quote(name)}: ${reason}`, place, { advice, cause: error });
    }
    throw error;
  }
}
