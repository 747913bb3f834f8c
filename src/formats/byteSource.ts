/** A stretch of a file on this machine, which another thread can read by itself. */
export interface FileStretch {
  readonly path: string;
  /** Of the whole file when it was opened, in bytes and in milliseconds, to tell whether it is still the same. */
  readonly fileSize: number;
  readonly modified: number;
  /** Where the stretch begins. */
  readonly start: number;
}

/** Bytes that can be read by range without reading the rest: a file, a zip member, an array in a test. */
export interface ByteSource {
  readonly size: number;
  /** Where the bytes lie, if they lie in a file as they are and reading them there misses no check. */
  readonly stretch?: FileStretch;
  /** Where the bytes come from, if they are the same as long as that file is; no two sources of it have the same. */
  readonly origin?: FileStretch;
  /**
   * The bytes from `start` up to `end`.
   *
   * @throws if fewer than `end - start` bytes are there; callers check against `size` first
   */
  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array>;
  /**
   * Fills `target` with the bytes from `start` on, where that saves a copy.
   *
   * @throws as `read` does
   */
  readInto?(target: Uint8Array, start: number, signal?: AbortSignal): Promise<void> | void;
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
