/** Keeps the byte arrays that were used last, up to a total size, so that they need not be made again. */
export class RecentBytes {
  private readonly held = new Map<object, { size: number; bytes: Promise<Uint8Array> }>();
  private heldSize = 0;

  /** @param maxSize bytes held in total; a single array may be larger and is then held alone */
  constructor(private readonly maxSize: number) {}

  /**
   * The bytes of an owner: those held, or else new ones, for which the ones unused the longest may have to go.
   *
   * @param size of the bytes
   * @param make makes them; if it fails nothing is held, and the next call tries again
   */
  get(owner: object, size: number, make: () => Promise<Uint8Array>): Promise<Uint8Array> {
    const entry = this.held.get(owner) ?? { size, bytes: make() };
    this.drop(owner);
    for (const oldest of this.held.keys()) {
      if (this.heldSize + size <= this.maxSize) {
        break;
      }
      this.drop(oldest);
    }
    this.held.set(owner, entry);
    this.heldSize += size;
    entry.bytes.catch(() => this.drop(owner));
    return entry.bytes;
  }

  private drop(owner: object): void {
    this.heldSize -= this.held.get(owner)?.size ?? 0;
    this.held.delete(owner);
  }
}
