import { ERR_INVALID_CRC32, type FileEntry } from '@zip.js/zip.js';
import { FormatError, InputError, LimitError } from '../tensor/errors';
import type { ByteSource, FileStretch } from './byteSource';
import { inflateHead } from './inflateHead';
import { oneLine, quote } from './quote';
import type { RecentBytes } from './recentBytes';
import type { ZipFormat } from './zipMember';

/** A compressed member cannot be read by range: it is held in memory whole. */
const maxInflatedBytes = 2 ** 30;

/** Longer heads are taken from the whole. */
const maxHeadBytes = 2 ** 12;

/** The most that deflate can expand, a run of equal bytes (zlib's technical notes: 1032 to 1). */
const maxExpansion = 1032;

/** A deflated zip member as bytes that can be read by range: inflated when first read, and held while others allow. */
export class InflatedMember implements ByteSource {
  readonly size: number;

  /**
   * @param entry      of the zip directory
   * @param compressed the deflated data
   * @param recent     shared by the members of a file
   * @param format     of the file, for messages
   * @throws FormatError if the member claims more bytes than its compressed ones can give
   */
  constructor(
    private readonly entry: FileEntry,
    private readonly compressed: ByteSource,
    private readonly recent: RecentBytes,
    private readonly format: ZipFormat,
  ) {
    const { uncompressedSize } = entry;
    if (uncompressedSize > (compressed.size + 1) * maxExpansion) {
      throw this.fault(`claims ${uncompressedSize} bytes, more than ${compressed.size} compressed bytes can hold`);
    }
    this.size = uncompressedSize;
  }

  /** As of a file of its own by the name of the member: a stretch within would be taken for one of the zip file. */
  get origin(): FileStretch | undefined {
    const { origin } = this.compressed;
    return origin && { ...origin, path: `${origin.path}\0${this.entry.filename}\0${origin.start}`, start: 0 };
  }

  /**
   * The first bytes, inflating little more than these.
   *
   * @throws FormatError if the compressed data is damaged there
   */
  async head(length: number, signal?: AbortSignal): Promise<Uint8Array> {
    if (length > maxHeadBytes) {
      return this.read(0, length, signal);
    }
    let bytes: Uint8Array;
    try {
      bytes = await inflateHead(this.compressed, length, signal);
    } catch (error) {
      signal?.throwIfAborted();
      throw this.damage(error);
    }
    if (bytes.length < length) {
      throw this.fault(`begins with ${bytes.length} bytes of the ${this.size} it claims`);
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
        `${this.format.name}: ${quote(this.entry.filename)} is compressed and takes ${this.size} bytes; at most ${maxInflatedBytes} are inflated.`,
        { advice: `Save the file without compression, with ${this.format.writer}: then it is read by range.` },
      );
    }
    const bytes = await this.recent.get(this, this.size, () => this.inflate());
    signal?.throwIfAborted();
    return bytes.subarray(start, end);
  }

  /** Inflates all of it; the zip library compares size and checksum. */
  private async inflate(): Promise<Uint8Array> {
    const bytes = new Uint8Array(this.size);
    let done = 0;
    const sink = new WritableStream<Uint8Array>({
      write: (chunk) => {
        if (done + chunk.length > bytes.length) {
          throw this.fault(`inflates to more than the ${this.size} bytes it claims`);
        }
        bytes.set(chunk, done);
        done += chunk.length;
      },
    });
    try {
      await this.entry.getData(sink);
    } catch (error) {
      throw this.damage(error);
    }
    return bytes;
  }

  /** What an error of inflating says of the file; errors of reading it pass unchanged. */
  private damage(error: unknown): unknown {
    if (error instanceof InputError) {
      return error;
    }
    const { message } = error as Error;
    return this.fault(
      `is damaged: ${message === ERR_INVALID_CRC32 ? 'it does not match its checksum' : oneLine(message)}`,
      error,
    );
  }

  private fault(reason: string, cause?: unknown): FormatError {
    return new FormatError(this.format.name, `${quote(this.entry.filename)} ${reason}`, this.entry.offset, { cause });
  }
}
