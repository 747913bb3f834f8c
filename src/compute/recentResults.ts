/** A result, and the bytes that it takes. */
export interface KeptResult {
  /** What is asked, of whom: see ResultKeys. */
  readonly key: string;
  readonly result: unknown;
  readonly bytes: number;
}

/** Remembers results by their keys, as much as fits. */
export class RecentResults {
  private readonly kept = new Map<string, KeptResult>();
  private keptBytes = 0;

  /** @param maxBytes of results kept; the ones unused the longest go first */
  constructor(private readonly maxBytes: number) {}

  get(key: string): KeptResult | undefined {
    const kept = this.kept.get(key);
    if (kept) {
      this.kept.delete(key);
      this.kept.set(key, kept);
    }
    return kept;
  }

  set(result: KeptResult): void {
    this.drop(result.key);
    this.kept.set(result.key, result);
    this.keptBytes += result.bytes;
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
}
