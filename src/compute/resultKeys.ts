import type { TensorRef } from '../formats/dump';

/** Names what is found out about tensors, by what their bytes are rather than by name. */
export class ResultKeys {
  private readonly sources = new WeakMap<object, number>();
  private lastSource = 0;

  /** A file is known by path, size and modification time, so that opening it again finds what was known of it. */
  of({ source, byteOffset, dtype, shape, strides, littleEndian }: TensorRef, question: string): string {
    const bytes = source.origin ?? this.numberOf(source);
    return JSON.stringify([bytes, byteOffset, dtype, shape, strides, littleEndian, question]);
  }

  private numberOf(source: object): number {
    const number = this.sources.get(source) ?? ++this.lastSource;
    this.sources.set(source, number);
    return number;
  }
}
