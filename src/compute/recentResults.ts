import type { TensorRef } from '../formats/dump';

/** Remembers what was found out about tensors, as much as fits, by what their bytes are rather than by name. */
export class RecentResults<T> {
  private readonly kept = new Map<string, { result: T; bytes: number }>();
  private readonly sources = new WeakMap<object, number>();
  private lastSource = 0;
  private keptBytes = 0;

  /** @param maxBytes of results kept; the ones unused the longest go first */
  constructor(private readonly maxBytes: number) {}

  get(ref: TensorRef, question: string): T | undefined {
    const key = this.keyOf(ref, question);
    const entry = this.kept.get(key);
    if (entry) {
      this.kept.delete(key);
      this.kept.set(key, entry);
    }
    return entry?.result;
  }

  /** @param bytes that the result takes */
  set(ref: TensorRef, question: string, result: T, bytes: number): void {
    const key = this.keyOf(ref, question);
    this.drop(key);
    this.kept.set(key, { result, bytes });
    this.keptBytes += bytes;
    for (const oldest of this.kept.keys()) {
      if (this.keptBytes <= this.maxBytes) {
        break;
      }
      this.drop(oldest);
    }
  }

  private drop(key: string): void {
    this.keptBytes -= this.kept.get(key)?.bytes ?? 0;
    this.kept.delete(key);
  }

  /** A file is known by path, size and modification time, so that opening it again finds what was known of it. */
  private keyOf({ source, byteOffset, dtype, shape, strides, littleEndian }: TensorRef, question: string): string {
    const bytes = source.stretch ?? this.numberOf(source);
    return JSON.stringify([bytes, byteOffset, dtype, shape, strides, littleEndian, question]);
  }

  private numberOf(source: object): number {
    const number = this.sources.get(source) ?? ++this.lastSource;
    this.sources.set(source, number);
    return number;
  }
}
