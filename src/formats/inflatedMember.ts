import type { FileEntry } from '@zip.js/zip.js';
import { FormatError, LimitError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import type { RecentBytes } from './recentBytes';

/** A compressed member cannot be read by range: it is held in memory whole. */
const maxInflatedBytes = 2 ** 30;

/** The most that deflate can expand, a run of equal bytes (zlib's technical notes: 1032 to 1). */
const maxExpansion = 1032;

/** A deflated zip member as bytes that can be read by range: inflated when first read, and held while others allow. */
export class InflatedMember implements ByteSource {
  readonly size: number;

  /**
   * @param entry  of the zip directory
   * @param recent shared by the members of a file
   * @throws FormatError if the member claims more bytes than its compressed ones can give
   */
  constructor(
    private readonly entry: FileEntry,
    private readonly recent: RecentBytes,
  ) {
    const { uncompressedSize, compressedSize } = entry;
    if (uncompressedSize > (compressedSize + 1) * maxExpansion) {
      throw this.fault(`claims ${uncompressedSize} bytes, more than ${compressedSize} compressed bytes can hold`);
    }
    this.size = uncompressedSize;
  }

  /**
   * The first bytes, inflating little more than these.
   *
   * @throws FormatError if the compressed data is damaged
   */
  async head(length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    const enough = new Error('enough');
    let done = 0;
    try {
      await this.inflateInto((chunk) => {
        const part = chunk.subarray(0, length - done);
        bytes.set(part, done);
        done += part.length;
        if (done === length) {
          throw enough;
        }
      });
    } catch (error) {
      if (error !== enough) {
        throw error;
      }
    }
    return bytes;
  }

  /**
   * @throws LimitError if the member is too large to be held in memory
   * @throws FormatError if the compressed data is damaged or its checksum differs
   */
  async read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (this.size > maxInflatedBytes) {
      throw new LimitError(
        `npz: "${this.entry.filename}" is compressed and takes ${this.size} bytes; at most ${maxInflatedBytes} are inflated.`,
        { advice: 'Save the file without compression, with numpy.savez: then it is read by range.' },
      );
    }
    const bytes = await this.recent.get(this, this.size, () => this.inflate());
    signal?.throwIfAborted();
    return bytes.subarray(start, end);
  }

  private async inflate(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.size);
    let done = 0;
    await this.inflateInto((chunk) => {
      if (done + chunk.length > bytes.length) {
        throw this.fault(`inflates to more than the ${this.size} bytes it claims`);
      }
      bytes.set(chunk, done);
      done += chunk.length;
    });
    return bytes;
  }

  /** Inflates until the end, where size and checksum are compared, or until `take` throws, which is thrown on. */
  private async inflateInto(take: (chunk: Uint8Array) => void): Promise<void> {
    let thrown: Error | undefined;
    const sink = new WritableStream<Uint8Array>({
      write(chunk) {
        try {
          take(chunk);
        } catch (error) {
          thrown = error as Error;
          throw error;
        }
      },
    });
    try {
      await this.entry.getData(sink);
    } catch (cause) {
      throw thrown ?? this.fault(`cannot be inflated (${(cause as Error).message})`, cause);
    }
  }

  private fault(reason: string, cause?: unknown): FormatError {
    return new FormatError('npz', `"${this.entry.filename}" ${reason}`, this.entry.offset, { cause });
  }
}
