import { FormatError, LimitError } from '../../tensor/errors';
import type { Dump } from '../dump';
import { quote } from '../quote';
import type { InflatedMember } from '../inflatedMember';
import { StoredMember } from '../storedMember';
import type { ZipArchive } from '../zipArchive';
import type { ZipFormat } from '../zipMember';
import { checkpointDump, maxPickleBytes } from './checkpointDump';
import { readPickle } from './readPickle';
import { torchWorld } from './torchGlobals';

const pt: ZipFormat = { name: 'pt', writer: 'torch.save' };

/** The member that holds the pickle, in whatever folder the zip file has. */
const pickleMember = /(^|\/)data\.pkl$/;

/** Whether a zip file is a checkpoint of PyTorch. */
export function isZipCheckpoint({ names }: ZipArchive): boolean {
  return names.some((name) => pickleMember.test(name));
}

/**
 * Opens a checkpoint as torch.save has written it since version 1.6: a zip file with a pickle, `data.pkl`, and a member
 * `data/KEY` for each storage
 * (https://docs.pytorch.org/docs/stable/notes/serialization.html#serialized-file-format-for-torch-save).
 *
 * @throws FormatError if the file is malformed, or holds no tensors
 * @throws LimitError if it is larger than any checkpoint
 */
export async function openZipCheckpoint(archive: ZipArchive, fileName: string, signal?: AbortSignal): Promise<Dump> {
  const pickleName = archive.names.find((name) => pickleMember.test(name)) ?? 'data.pkl';
  const folder = pickleName.slice(0, -'data.pkl'.length);
  const member = await archive.member(pickleName, pt, signal);
  if (member.size > maxPickleBytes) {
    throw new LimitError(`pt: ${quote(pickleName)} takes ${member.size} bytes; at most ${maxPickleBytes} are read.`);
  }
  const pickle = readPickle(await member.read(0, member.size, signal), 0, torchWorld, contentStart(member));
  const littleEndian = await isLittleEndian(archive, `${folder}byteorder`, signal);
  return checkpointDump(pickle, fileName, async ({ key }) => {
    const source = await archive.member(`${folder}data/${key}`, pt, signal);
    return { source, byteOffset: 0, bytes: source.size, littleEndian, fileOffset: contentStart(source) };
  });
}

/** Where the content of a member is in the file, if it stands there as it is. */
function contentStart(member: StoredMember | InflatedMember): number | undefined {
  return member instanceof StoredMember ? member.contentStart : undefined;
}

/** Files from before 2.1 do not say their byte order; hardly any machine that wrote them was big-endian. */
async function isLittleEndian(archive: ZipArchive, name: string, signal?: AbortSignal): Promise<boolean> {
  if (!archive.names.includes(name)) {
    return true;
  }
  const member = await archive.member(name, pt, signal);
  const text = new TextDecoder().decode(await member.read(0, Math.min(member.size, 16), signal));
  if (text !== 'little' && text !== 'big') {
    throw new FormatError('pt', `the member ${quote(name)} says ${quote(text)}; it must be "little" or "big"`);
  }
  return text === 'little';
}
