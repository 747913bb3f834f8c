import { open, type FileHandle } from 'node:fs/promises';
import { FormatError } from '../tensor/errors';
import type { ByteSource } from './byteSource';

/** A file on disk, read by range. */
export class FileSource implements ByteSource {
  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    readonly size: number,
  ) {}

  /**
   * Opens a file for reading; whoever opens it closes it.
   *
   * @throws FormatError if the path is a folder or a device
   * @throws the file system's own error if the file cannot be opened
   */
  static async open(path: string): Promise<FileSource> {
    const handle = await open(path, 'r');
    try {
      const stats = await handle.stat();
      if (!stats.isFile()) {
        throw new FormatError('file', `${path} is not a regular file`);
      }
      return new FileSource(path, handle, stats.size);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** @throws FormatError if the file has become shorter than `end` since it was opened */
  async read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start);
    let done = 0;
    // The system may hand over less than was asked for, and never more than 2 GiB in one call.
    while (done < bytes.length) {
      signal?.throwIfAborted();
      const { bytesRead } = await this.handle.read(bytes, done, bytes.length - done, start + done);
      if (bytesRead === 0) {
        throw new FormatError(
          'file',
          `${this.path} now ends at byte ${start + done}; it had ${this.size} bytes when it was opened`,
          start + done,
          { advice: 'Open it again once it is written.' },
        );
      }
      done += bytesRead;
    }
    return bytes;
  }

  /** Lets go of the file; reading afterwards fails. */
  close(): Promise<void> {
    return this.handle.close();
  }
}
