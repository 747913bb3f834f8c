import { FormatError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import { openCsv } from './csv/csv';
import type { Dump, OpenDump, OpenSibling } from './dump';
import { ggufMagic, openGguf } from './gguf/gguf';
import { hdf5Magic, openHdf5 } from './hdf5/hdf5';
import { openJson } from './json/json';
import { openNdjson } from './json/ndjson';
import { openNpy } from './npy';
import { openZip } from './openZip';
import { legacyMagic, openLegacyCheckpoint } from './pt/legacyCheckpoint';
import { openSafetensors } from './safetensors';
import { openShardedCheckpoint } from './shardedCheckpoint';

interface DumpFormat {
  /** Endings of file names, each with its dot. */
  readonly extensions: readonly string[];
  /** Bytes that a file of this format begins with, where it has such. */
  readonly magic?: readonly number[];
  readonly open: OpenDump;
}

const formats: readonly DumpFormat[] = [
  { extensions: ['.npy'], magic: [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59], open: openNpy },
  { extensions: ['.npz'], magic: [0x50, 0x4b, 0x03, 0x04], open: openZip },
  { extensions: ['.safetensors'], open: openSafetensors },
  { extensions: ['.gguf'], magic: ggufMagic, open: openGguf },
  // Checkpoints since PyTorch 1.6 are zip files.
  { extensions: ['.pt', '.pth'], magic: legacyMagic, open: openLegacyCheckpoint },
  { extensions: ['.h5', '.hdf5'], magic: hdf5Magic, open: openHdf5 },
  { extensions: ['.safetensors.index.json', '.bin.index.json'], open: openShardedCheckpoint },
  { extensions: ['.json'], open: openJson },
  { extensions: ['.jsonl', '.ndjson'], open: openNdjson },
  { extensions: ['.csv', '.tsv'], open: openCsv },
];

/** As many first bytes as any format is known by. */
const maxMagicBytes = 16;

/** Endings of the file names that `openDump` knows, each with its dot. */
export const dumpExtensions: readonly string[] = formats.flatMap(({ extensions }) => extensions);

/** A file of no format that is read: it may still be one of values without a header. */
export class UnknownFormatError extends FormatError {}

/**
 * Opens a dump in whatever format it is: its first bytes decide, or where they decide nothing the ending of its name.
 *
 * @param fileName without folders; for the choice of the format and for names of tensors
 * @param sibling  for formats of several files; without it they have but the one
 * @throws UnknownFormatError if the file is of no known format; FormatError if it is not what its format demands
 * @throws LimitError if it exceeds a bound of its format
 */
export async function openDump(
  source: ByteSource,
  fileName: string,
  signal?: AbortSignal,
  sibling?: OpenSibling,
): Promise<Dump> {
  const start = await source.read(0, Math.min(source.size, maxMagicBytes), signal);
  const format =
    formats.find(({ magic }) => magic?.every((byte, i) => start[i] === byte)) ??
    formats.find(({ extensions }) => extensions.some((extension) => fileName.toLowerCase().endsWith(extension)));
  if (format === undefined) {
    throw new UnknownFormatError('dump', `${fileName} is none of the formats that are read`, undefined, {
      advice: `Files of these kinds can be opened: ${dumpExtensions.join(', ')}.`,
    });
  }
  return format.open(source, fileName, signal, sibling);
}
