import type { ByteSource } from '../../../src/formats/byteSource';

/** Passes reads on to another source and remembers them. */
export class CountingSource implements ByteSource {
  readonly reads: [start: number, end: number][] = [];

  constructor(private readonly source: ByteSource) {}

  get size(): number {
    return this.source.size;
  }

  /** Sum of the bytes of all reads. */
  get bytesRead(): number {
    return this.reads.reduce((sum, [start, end]) => sum + end - start, 0);
  }

  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    this.reads.push([start, end]);
    return this.source.read(start, end, signal);
  }
}
