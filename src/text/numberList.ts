/** A growing list of float64 numbers, without the boxes and element kinds of a plain array. */
export class NumberList {
  length = 0;
  private room = new Float64Array(256);

  push(value: number): void {
    if (this.length === this.room.length) {
      const larger = new Float64Array(2 * this.length);
      larger.set(this.room);
      this.room = larger;
    }
    this.room[this.length++] = value;
  }

  /** A copy of the numbers so far, of exactly their length. */
  toArray(): Float64Array {
    return this.room.slice(0, this.length);
  }
}
