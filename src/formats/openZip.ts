import type { ByteSource } from './byteSource';
import type { Dump } from './dump';
import { npzDump } from './npz';
import { isZipCheckpoint, openZipCheckpoint } from './pt/zipCheckpoint';
import { ZipArchive } from './zipArchive';

/**
 * Opens a zip file as what it holds: arrays of NumPy or a checkpoint of PyTorch. The name decides only where neither is there.
 *
 * @throws FormatError, LimitError as `npzDump` and `openZipCheckpoint` do, or if the zip file itself is broken
 */
export async function openZip(source: ByteSource, fileName: string, signal?: AbortSignal): Promise<Dump> {
  const nameSaysNpz = /\.npz$/i.test(fileName);
  const archive = await ZipArchive.open(source, nameSaysNpz ? 'npz' : 'pt', signal);
  const holdsArrays = archive.names.some((name) => name.endsWith('.npy'));
  return !holdsArrays && (isZipCheckpoint(archive) || !nameSaysNpz)
    ? openZipCheckpoint(archive, fileName, signal)
    : npzDump(archive, signal);
}
