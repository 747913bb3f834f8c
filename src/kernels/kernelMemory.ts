import { LimitError } from '../tensor/errors';

/** Where an area of kernel memory starts, in bytes; never 0. */
export type Address = number;

/** Memory that grows in place: `WebAssembly.Memory`, or `GrowingBuffer` where there is none. */
export interface LinearMemory {
  /** All of it; another one after each `grow`, which detaches this one. */
  readonly buffer: ArrayBuffer;
  /** @throws RangeError if there are not so many more pages of 64 KiB to be had */
  grow(pages: number): unknown;
}

const pageBytes = 65_536;

/** Areas start at a multiple of this, a cache line. Kernels may read up to so many bytes past the end of an area. */
const alignment = 64;

/**
 * The memory that kernels read and write. Areas are reserved one after the other and given back from the end: steady
 * work reserves once and uses its areas again and again, so that nothing is allocated per call.
 *
 * Views (`bytes`, `float32`, `float64`) are void once a later `reserve` has let the memory grow: reserve first, then
 * look.
 */
export class KernelMemory {
  /** @param end first free address */
  constructor(
    private readonly memory: LinearMemory,
    private end: Address,
  ) {}

  /**
   * Reserves an area; its bytes are whatever they were.
   *
   * @throws LimitError if there is no more memory to be had
   */
  reserve(bytes: number): Address {
    const start = Math.ceil(this.end / alignment) * alignment;
    const missing = start + bytes + alignment - this.memory.buffer.byteLength;
    if (missing > 0) {
      this.grow(missing);
    }
    this.end = start + bytes;
    return start;
  }

  /** The first free address: `release` takes it to give back all that is reserved from here on. */
  mark(): Address {
    return this.end;
  }

  /** Gives back every area reserved since `mark` returned `end`. The memory itself stays for the next. */
  release(end: Address): void {
    this.end = end;
  }

  /** The `length` bytes from `start` on. */
  bytes(start: Address, length: number): Uint8Array<ArrayBuffer> {
    return new Uint8Array(this.memory.buffer, start, length);
  }

  /** The `length` float32 from `start` on, a multiple of 4. */
  float32(start: Address, length: number): Float32Array<ArrayBuffer> {
    return new Float32Array(this.memory.buffer, start, length);
  }

  /** The `length` float64 from `start` on, a multiple of 8. */
  float64(start: Address, length: number): Float64Array<ArrayBuffer> {
    return new Float64Array(this.memory.buffer, start, length);
  }

  private grow(bytes: number): void {
    try {
      this.memory.grow(Math.ceil(bytes / pageBytes));
    } catch (cause) {
      const { byteLength } = this.memory.buffer;
      throw new LimitError(
        `The kernels hold ${byteLength} bytes of memory and cannot get the ${bytes} more they need.`,
        {
          advice: 'Work on fewer rows at a time.',
          cause,
        },
      );
    }
  }
}
