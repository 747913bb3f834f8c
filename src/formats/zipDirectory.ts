import { ERR_BAD_FORMAT, ERR_EOCDR_NOT_FOUND, Reader, ZipReader, type FileEntry } from '@zip.js/zip.js';
import { FormatError, LimitError } from '../tensor/errors';
import type { ByteSource } from './byteSource';

/** Members of one archive; a directory in memory takes about a kilobyte for each. */
const maxMembers = 2 ** 17;

/** One read of the zip directory: room for more members than are listed. */
const maxDirectoryBytes = 2 ** 26;

/**
 * Lists the members of a zip file, zip64 included, by reading its directory alone.
 *
 * @param format for messages, as in "npz"
 * @throws FormatError if the directory is missing or broken
 * @throws LimitError if there are too many members
 */
export async function readZipDirectory(source: ByteSource, format: string, signal?: AbortSignal): Promise<FileEntry[]> {
  if (source.size === 0) {
    throw new FormatError(format, 'the file is empty', 0);
  }
  const reader = new SourceReader(source, format);
  reader.signal = signal;
  // What is odd but readable is read, as Python's zipfile does; names are never used as paths.
  const zip = new ZipReader(reader, { strictness: 'tolerant', useWebWorkers: false, checkCrc32: true });
  const members: FileEntry[] = [];
  try {
    for await (const entry of zip.getEntriesGenerator()) {
      if (members.length >= maxMembers) {
        throw new LimitError(`${format}: the file has more than ${maxMembers} members.`);
      }
      if (!entry.directory) {
        members.push(entry);
      }
    }
  } catch (error) {
    if (error === reader.failure || error instanceof LimitError) {
      throw error;
    }
    throw directoryError(error, format, source.size);
  } finally {
    reader.signal = undefined;
  }
  return members;
}

/** Lets the zip library read from a byte source. */
class SourceReader extends Reader<ByteSource> {
  /** What the source itself threw, to tell it from what the library says about the file. */
  failure: unknown;

  /** Cancels reads while the directory is read; members are inflated through this reader long afterwards. */
  signal?: AbortSignal;

  constructor(
    private readonly source: ByteSource,
    private readonly format: string,
  ) {
    super(source);
    this.size = source.size;
  }

  override async readUint8Array(start: number, length: number): Promise<Uint8Array> {
    const end = Math.min(this.size, start + length);
    try {
      if (end - start > maxDirectoryBytes) {
        throw new LimitError(
          `${this.format}: the zip directory takes ${end - start} bytes; at most ${maxDirectoryBytes} are read.`,
        );
      }
      return start < end ? await this.source.read(start, end, this.signal) : new Uint8Array(0);
    } catch (error) {
      this.failure = error;
      throw error;
    }
  }
}

function directoryError(cause: unknown, format: string, fileSize: number): FormatError {
  const { message } = cause as Error;
  if (message === ERR_EOCDR_NOT_FOUND || message === ERR_BAD_FORMAT) {
    return new FormatError(format, 'the zip directory that should end the file is missing', fileSize, {
      advice: 'The file may be cut short, or be no zip file at all.',
      cause,
    });
  }
  return new FormatError(format, `the zip directory is broken (${message})`, undefined, { cause });
}
