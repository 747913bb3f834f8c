import type { LinearMemory } from './kernelMemory';

const pageBytes = 65_536;

/** Memory for the kernels where there is no WebAssembly: grows by moving into a larger buffer. */
export class GrowingBuffer implements LinearMemory {
  buffer = new ArrayBuffer(pageBytes);

  /** @throws RangeError if a buffer of that size is not to be had */
  grow(pages: number): void {
    const larger = new ArrayBuffer(this.buffer.byteLength + pages * pageBytes);
    new Uint8Array(larger).set(new Uint8Array(this.buffer));
    this.buffer = larger;
  }
}
