/** A growing list of float64 numbers, without the boxes and element kinds of a plain array. */
export class NumberList {
  length = 0;
  private room = new Float64Array(256);

  push(value: number): void {
    this.roomFor(1)[this.length++] = value;
  }

  /** Where further numbers go, from `length` on: there is room for so many. */
  roomFor(more: number): Float64Array {
    if (this.length + more > this.room.length) {
      this.reserve(Math.max(2 * this.length, this.length + more));
    }
    return this.room;
  }

  /** Makes room for so many numbers in all. Room that is never written to costs next to nothing. */
  reserve(total: number): void {
    if (total > this.room.length) {
      const larger = new Float64Array(total);
      larger.set(this.room);
      this.room = larger;
    }
  }

  /**
   * The numbers so far; the list is done with after that. Copied only where much room is left over: memory touched for the
   * first time is what most of the time for short numbers goes to.
   */
  toArray(): Float64Array {
    const { room, length } = this;
    return room.length - length <= length / 8 ? room.subarray(0, length) : room.slice(0, length);
  }
}
