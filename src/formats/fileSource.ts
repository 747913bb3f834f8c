import { open, stat, type FileHandle } from 'node:fs/promises';
import { FormatError } from '../tensor/errors';
import type { ByteSource, FileStretch } from './byteSource';

/** A file on disk, read by range. */
export class FileSource implements ByteSource {
  private constructor(
    private readonly handle: FileHandle,
    readonly stretch: FileStretch,
  ) {}

  get origin(): FileStretch {
    return this.stretch;
  }

  get size(): number {
    return this.stretch.fileSize;
  }

  /**
   * Opens a file for reading; whoever opens it closes it.
   *
   * @throws FormatError if the path is a folder, a pipe or a device
   * @throws the file system's own error if the file cannot be opened
   */
  static async open(path: string): Promise<FileSource> {
    // Looked at before: to open a pipe is to wait for somebody to write to it.
    if (!(await stat(path)).isFile()) {
      throw new FormatError('file', `${path} is not a regular file`);
    }
    const handle = await open(path, 'r');
    try {
      const stats = await handle.stat();
      return new FileSource(handle, { path, fileSize: stats.size, modified: stats.mtimeMs, start: 0 });
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Opens a file as `open` does, if there is one.
   *
   * @throws what `open` throws for any other reason
   */
  static async openIfThere(path: string): Promise<FileSource | undefined> {
    try {
      return await FileSource.open(path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
        return undefined;
      }
      throw error;
    }
  }

  /** @throws FormatError if the file has become shorter than `end` since it was opened */
  async read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start);
    await this.readInto(bytes, start, signal);
    return bytes;
  }

  /** @throws FormatError as `read` does */
  async readInto(target: Uint8Array, start: number, signal?: AbortSignal): Promise<void> {
    let done = 0;
    // The system may hand over less than was asked for, and never more than 2 GiB in one call.
    while (done < target.length) {
      signal?.throwIfAborted();
      const { bytesRead } = await this.handle.read(target, done, target.length - done, start + done);
      if (bytesRead === 0) {
        throw cutShort(this.stretch, start + done);
      }
      done += bytesRead;
    }
  }

  /** Lets go of the file; reading afterwards fails. */
  close(): Promise<void> {
    return this.handle.close();
  }
}

/** The refusal of a file that ends at byte `end` now, before what is to be read. */
export function cutShort({ path, fileSize }: FileStretch, end: number): FormatError {
  const reason = `${path} now ends at byte ${end}; it had ${fileSize} bytes when it was opened`;
  return new FormatError('file', reason, end, { advice: 'Open it again once it is written.' });
}
