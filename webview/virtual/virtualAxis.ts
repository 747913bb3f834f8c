/** Browsers cut elements off at some 33 million pixels; this stays well below. */
const maxScrollSize = 10_000_000;

/** Items of which some are in view. */
export interface Window {
  /** The first item in view. */
  readonly first: number;
  /** One past the last item in view. */
  readonly end: number;
  /** Where the first item starts, in pixels from the start of the view; 0 or less. */
  readonly offset: number;
}

/**
 * One axis of a list or table of equal items of which only those in view are drawn: maps between scroll offset and items.
 * Where the items together are longer than a browser can scroll, scrolling runs faster than one to one.
 */
export class VirtualAxis {
  /**
   * @param itemSize pixels of one item
   * @param viewSize pixels that show items
   */
  constructor(
    readonly count: number,
    readonly itemSize: number,
    readonly viewSize: number,
  ) {}

  /** Pixels that the scrolled element is to have along this axis. */
  get scrollSize(): number {
    return Math.min(this.count * this.itemSize, maxScrollSize);
  }

  /** The items in view at a scroll offset. */
  windowAt(scroll: number): Window {
    const position = Math.min(Math.max(0, scroll), this.scrollRange) * this.speed;
    const first = Math.floor(position / this.itemSize);
    const end = Math.min(this.count, Math.ceil((position + this.viewSize) / this.itemSize));
    return { first: Math.min(first, end), end, offset: first * this.itemSize - position };
  }

  /** The scroll offset nearest to the given one at which the item is in view as a whole. */
  reveal(item: number, scroll: number): number {
    const start = item * this.itemSize;
    const position = scroll * this.speed;
    const shown = Math.min(Math.max(position, start + this.itemSize - this.viewSize), start);
    return shown === position ? scroll : shown / this.speed;
  }

  private get scrollRange(): number {
    return Math.max(0, this.scrollSize - this.viewSize);
  }

  private get speed(): number {
    return this.scrollRange === 0 ? 1 : (this.count * this.itemSize - this.viewSize) / this.scrollRange;
  }
}
