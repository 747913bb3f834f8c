/** Bytes that can be read by range without reading the rest: a file, a zip member, an array in a test. */
export interface ByteSource {
  readonly size: number;
  /**
   * The bytes from `start` up to `end`.
   *
   * @throws if fewer than `end - start` bytes are there; callers check against `size` first
   */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array>;
}

/** Bytes that are in memory already. */
export class MemorySource implements ByteSource {
  constructor(private readonly bytes: Uint8Array) {}

  get size(): number {
    return this.bytes.length;
  }

  async read(start: number, end: number): Promise<Uint8Array> {
    if (start < 0 || end > this.size) {
      throw new RangeError(`Bytes ${start} to ${end} were asked of ${this.size}.`);
    }
    return this.bytes.subarray(start, end);
  }
}
