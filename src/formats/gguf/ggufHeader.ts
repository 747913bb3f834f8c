import { FormatError, LimitError } from '../../tensor/errors';
import type { ByteSource } from '../byteSource';

/** Bytes of metadata and tensor descriptions; the vocabularies of large models take some ten million. */
const maxHeaderBytes = 2 ** 28;

/** Bytes read at a time, ahead of what is asked for. */
const readAheadBytes = 2 ** 18;

/** The error of a GGUF file that is not as its format demands. */
export function ggufFault(reason: string, byteOffset?: number): FormatError {
  return new FormatError('gguf', reason, byteOffset, {
    advice: 'The file may be damaged or cut short; copy or download it again.',
  });
}

/** The header of a GGUF file, read field by field; every length in it is checked before it is used. */
export class GgufHeader {
  /** Set once the version has told it. */
  littleEndian = true;
  private position = 0;
  private window: DataView = new DataView(new ArrayBuffer(0));
  /** Where the window begins in the file. */
  private windowStart = 0;

  constructor(
    private readonly source: ByteSource,
    private readonly signal?: AbortSignal,
  ) {}

  /** Of the next field. */
  get byteOffset(): number {
    return this.position;
  }

  /** Bytes of the file that follow. */
  get remaining(): number {
    return this.source.size - this.position;
  }

  /**
   * Makes sure that the next fields, of so many bytes together, can be read; undefined if they can be at once.
   *
   * @throws FormatError if the file ends before
   * @throws LimitError if the header is longer than any
   */
  need(bytes: number): Promise<void> | undefined {
    if (bytes > this.remaining) {
      throw this.fault(`${bytes} bytes should follow, ${this.remaining} do`);
    }
    if (this.position + bytes > maxHeaderBytes) {
      throw new LimitError(`gguf: the header takes more than ${maxHeaderBytes} bytes.`);
    }
    return this.position + bytes > this.windowStart + this.window.byteLength ? this.fill(bytes) : undefined;
  }

  /** A whole number, whose bytes have been asked for by `need`. */
  uint32(): number {
    return this.window.getUint32(this.take(4), this.littleEndian);
  }

  /** A length or count; one beyond 2^53 is rounded, and too large for any file. */
  uint64(): number {
    return Number(this.window.getBigUint64(this.take(8), this.littleEndian));
  }

  /** So many bytes as a view. */
  bytes(length: number): DataView {
    const start = this.take(length);
    return new DataView(this.window.buffer, this.window.byteOffset + start, length);
  }

  /** UTF-8 text behind its length; text longer than `maxBytes` is passed over, and undefined. */
  async string(maxBytes: number): Promise<string | undefined> {
    await this.need(8);
    const length = this.uint64();
    if (length > maxBytes) {
      this.skip(length);
      return undefined;
    }
    await this.need(length);
    return new TextDecoder().decode(this.bytes(length));
  }

  /** Passes over bytes without reading them. */
  skip(bytes: number): void {
    if (bytes > this.remaining) {
      throw this.fault(`${bytes} bytes should follow, ${this.remaining} do`);
    }
    this.position += bytes;
  }

  /** The error that the next field calls for. */
  fault(reason: string): FormatError {
    return ggufFault(reason, this.position);
  }

  private async fill(bytes: number): Promise<void> {
    const end = Math.min(this.source.size, this.position + Math.max(bytes, readAheadBytes));
    const read = await this.source.read(this.position, end, this.signal);
    this.window = new DataView(read.buffer, read.byteOffset, read.length);
    this.windowStart = this.position;
  }

  /** Where the next field stands in the window; the position is behind it afterwards. */
  private take(length: number): number {
    const start = this.position - this.windowStart;
    this.position += length;
    return start;
  }
}
