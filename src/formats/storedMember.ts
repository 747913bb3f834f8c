import { FormatError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import { crc32 } from './crc32';
import { quote } from './quote';
import { SourceWindow } from './sourceWindow';

/**
 * A zip member stored without compression, read by range. Reads that follow each other from its beginning are summed up;
 * the read that reaches the end compares the checksum.
 */
export class StoredMember extends SourceWindow {
  private summedBytes = 0;
  private sum = 0;
  private failure?: FormatError;

  /**
   * @param name         of the member, for messages
   * @param format       of the file, for messages
   * @param contentStart first byte of the content in `source`
   * @param size         bytes of the content
   * @param checksum     CRC-32 of the content, from the zip directory
   */
  constructor(
    private readonly name: string,
    private readonly format: string,
    source: ByteSource,
    readonly contentStart: number,
    size: number,
    private readonly checksum: number,
  ) {
    super(source, contentStart, size);
  }

  /** None: whoever read past this would not see that the checksum differs. */
  override get stretch(): undefined {
    return undefined;
  }

  /** @throws FormatError if the content is now known to differ from its checksum */
  override async read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    const bytes = await super.read(start, end, signal);
    if (start <= this.summedBytes && end > this.summedBytes) {
      this.sum = crc32(this.sum, bytes.subarray(this.summedBytes - start));
      this.summedBytes = end;
      if (end === this.size && this.sum !== this.checksum) {
        this.failure = new FormatError(
          this.format,
          `the content of ${quote(this.name)} does not match its checksum`,
          this.contentStart,
          { advice: 'The file is damaged; save or copy it again.' },
        );
      }
    }
    if (this.failure) {
      throw this.failure;
    }
    return bytes;
  }

  /**
   * The first bytes.
   *
   * @throws FormatError as `read` does
   */
  head(length: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.read(0, length, signal);
  }
}
