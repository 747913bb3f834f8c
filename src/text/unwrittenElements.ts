import type { ArrayLiteral } from './arrayLiteral';
import { boundedElements } from './boundedElements';
import { Char, codeAt } from './characters';
import { declaredLengths } from './declaredLengths';
import type { Nesting } from './nesting';
import type { NumberList } from './numberList';

/** What gdb prints for equal elements after the first, as in `{0 <repeats 16 times>}`. */
const repeats = /<repeats (\d+) times>/y;

/** Elements of an array that its text does not write one by one: gdb's repeated ones, and the zeros that C fills arrays with. */
export class UnwrittenElements {
  private readonly declared: readonly number[] | undefined;
  private hasZeros = false;

  /** @param start where the array's bracket opens */
  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly nesting: Nesting,
    private readonly values: NumberList,
  ) {
    this.declared = codeAt(text, start) === Char.openBrace ? declaredLengths(text, start) : undefined;
  }

  /**
   * Adds the elements that `<repeats 5 times>` at an offset stands for.
   *
   * @returns the end of it; the offset itself if something else stands there
   * @throws  LiteralError if there are too many
   */
  repeated(at: number): number {
    repeats.lastIndex = at;
    const times = repeats.exec(this.text)?.[1];
    if (times === undefined || this.nesting.count === 0) {
      return at;
    }
    const end = repeats.lastIndex;
    const count = Number(times) - 1;
    const size = this.nesting.elementSize;
    const room = this.roomFor(count * size, end);
    this.nesting.addElements(count, at, end);
    for (let i = 0; i < count; i++) {
      room.copyWithin(this.values.length, this.values.length - size, this.values.length);
      this.values.length += size;
    }
    return end;
  }

  /**
   * Adds zeros for what a declaration states and the brace that closes at an offset does not hold.
   *
   * @throws LiteralError if there are too many
   */
  zerosBefore(at: number): void {
    const { declared, nesting } = this;
    const missing = (declared?.[nesting.depth - 1] ?? 0) - nesting.count;
    if (missing > 0 && nesting.axes === declared?.length) {
      this.addZeros(missing * nesting.elementSize, at);
      nesting.addElements(missing, at, at);
    }
  }

  /**
   * An array with the note on its zeros, and in its declared shape if it is written as one list.
   *
   * @throws LiteralError if they are too many
   */
  complete(literal: Omit<ArrayLiteral, 'values'>): ArrayLiteral {
    const { declared = [], values } = this;
    const total = declared.reduce((product, length) => product * length, 1);
    const isFlat = literal.shape.length === 1 && declared.length > 1 && literal.shape[0] <= total;
    if (isFlat) {
      this.addZeros(total - values.length, literal.end);
    }
    const rows = total / declared[declared.length - 1];
    const declaration = declared.map((length) => `[${length || ''}]`).join('');
    return {
      ...literal,
      values: values.toArray(),
      ...(isFlat && {
        shape: declared,
        rowOffsets: Uint32Array.from({ length: 2 * rows }, (_, i) => (i % 2 === 0 ? literal.start : literal.end)),
      }),
      ...(this.hasZeros && { notes: [`The rest of ${declaration} is zeros, as C fills it.`] }),
    };
  }

  private addZeros(count: number, end: number): void {
    const { length } = this.values;
    this.roomFor(count, end).fill(0, length, length + count);
    this.values.length += count;
    this.hasZeros ||= count > 0;
  }

  private roomFor(count: number, end: number): Float64Array {
    boundedElements(this.values.length + count, this.start, end);
    return this.values.roomFor(count);
  }
}
