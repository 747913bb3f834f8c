import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import type { ByteSource, FileStretch } from '../formats/byteSource';
import { cutShort } from '../formats/fileSource';
import { FormatError } from '../tensor/errors';

/**
 * A stretch of a file, read without pausing: for a worker, which has nothing else to do and saves the way through the
 * system's thread pool for every chunk.
 */
export class SyncFileSource implements ByteSource {
  private readonly file: number;

  /**
   * Opens the file; whoever does closes it.
   *
   * @throws FormatError if the file is not the one that was opened when the stretch was found
   */
  constructor(
    private readonly place: FileStretch,
    readonly size: number,
  ) {
    const { path, fileSize, modified } = place;
    this.file = openSync(path, 'r');
    const found = fstatSync(this.file);
    if (found.size !== fileSize || found.mtimeMs !== modified) {
      this.close();
      throw new FormatError('file', `${path} has changed since it was opened`, undefined, {
        advice: 'Open it again once it is written.',
      });
    }
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(end - start);
    this.readInto(bytes, start);
    return bytes;
  }

  /** @throws FormatError if the file is cut short meanwhile */
  readInto(target: Uint8Array, start: number): void {
    const { file, place } = this;
    let done = 0;
    while (done < target.length) {
      const position = place.start + start + done;
      const read = readSync(file, target, done, target.length - done, position);
      if (read === 0) {
        throw cutShort(place, position);
      }
      done += read;
    }
  }

  close(): void {
    closeSync(this.file);
  }
}
