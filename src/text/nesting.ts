import { LiteralError } from '../tensor/errors';
import { counted } from '../tensor/formatCount';
import type { Shape } from '../tensor/shape';
import { closerOf, closingEnd } from './brackets';
import { Char } from './characters';
import { designatedStart } from './designator';
import { skipTrivia } from './trivia';

/**
 * Follows the brackets of one array as they open and close, and learns its shape from the first block on every level;
 * whatever differs later is ragged. Level 1 is the outermost bracket, level 0 the text around it.
 */
export class Nesting {
  /** How many brackets are open. */
  depth = 0;
  /** Start and end of every innermost row so far, in pairs. */
  readonly rows: number[] = [];
  /** Offset and code of the bracket opened last on each level. */
  private readonly starts = [-1];
  private readonly brackets = [0];
  /** Elements so far of the bracket opened last on each level. */
  private readonly counts = [0];
  /** Elements of every bracket on each level, -1 before the first has closed. */
  private readonly lengths = [-1];
  /** The level whose elements are numbers, -1 before the first number or empty row. */
  private rowDepth = -1;

  /**
   * @param text     what the brackets stand in, to find the end of a piece that an error names
   * @param maxDepth levels at the most
   * @param top      the level that stands for the first axis: 1, or 0 if the outermost brackets are left out
   */
  constructor(
    private readonly text: string,
    private readonly maxDepth: number,
    private readonly top: 0 | 1,
  ) {}

  /** Whether the bracket at an offset is open. */
  isOpen(bracket: number): boolean {
    const level = this.starts.indexOf(bracket);
    return level >= 0 && level <= this.depth;
  }

  /** Whether white space may part elements here, as it does in square brackets and outside of all. */
  get allowsSpaces(): boolean {
    return this.depth === 0 || this.brackets[this.depth] === Char.openBracket;
  }

  /** Whether the elements of the bracket opened last are numbers. */
  get holdsNumbers(): boolean {
    return this.depth === this.rowDepth;
  }

  /** Elements so far of the bracket opened last. */
  get count(): number {
    return this.counts[this.depth];
  }

  /** How many axes the numbers have so far; 0 before the first number. */
  get axes(): number {
    return this.rowDepth + 1 - this.top;
  }

  /** The range of the only bracket on level 1 if it is all that stands on level 0. */
  get single(): number | undefined {
    return this.counts[0] === 1 ? this.starts.at(1) : undefined;
  }

  /** The lengths of the axes from a level on, known once the array is closed. */
  shapeFrom(depth: number): Shape {
    return this.lengths.slice(depth, this.rowDepth + 1);
  }

  /** How many numbers each element of the bracket opened last is, by those that have closed. */
  get elementSize(): number {
    return this.shapeFrom(this.depth + 1).reduce((numbers, length) => numbers * length, 1);
  }

  /**
   * So many elements, like those before them, belong to the bracket opened last although they are not written one by one.
   *
   * @param start of the text that stands for each row of theirs
   * @param end   of that text
   */
  addElements(count: number, start: number, end: number): void {
    this.counts[this.depth] += count;
    const rowLength = this.holdsNumbers ? Infinity : this.lengths[this.rowDepth];
    for (let row = 0; row < (count * this.elementSize) / rowLength; row++) {
      this.rows.push(start, end);
    }
  }

  /**
   * A bracket opens.
   *
   * @throws LiteralError `ragged` where numbers stand beside it, `too_deep` or, if it also stays open, `unbalanced`
   */
  open(at: number, bracket: number): void {
    if (this.rowDepth >= 0 && this.depth >= this.rowDepth) {
      const end = Math.max(closingEnd(this.text, at), at + 1);
      throw new LiteralError('ragged', `A list stands in row ${this.rowNumber} where a number should be.`, at, end);
    }
    if (this.depth === this.maxDepth) {
      throw closingEnd(this.text, this.starts[1]) < 0
        ? this.unclosed(1)
        : new LiteralError('too_deep', `The brackets are nested more than ${this.maxDepth} deep.`, at, at + 1);
    }
    const depth = ++this.depth;
    this.starts[depth] = at;
    this.brackets[depth] = bracket;
    this.counts[depth] = 0;
    this.lengths[depth] ??= -1;
  }

  /**
   * A number stands at start..end.
   *
   * @throws LiteralError `ragged` where a list should be
   */
  number(start: number, end: number): void {
    if (this.depth !== this.rowDepth) {
      if (this.rowDepth >= 0) {
        const expected = this.depth === this.rowDepth - 1 ? `row ${this.rowNumber}` : `block ${this.path(this.depth)}`;
        throw new LiteralError('ragged', `A number stands where ${expected} should be.`, start, end);
      }
      this.rowDepth = this.depth;
    }
    this.counts[this.depth]++;
  }

  /** So many numbers stand where numbers already do. */
  moreNumbers(count: number): void {
    this.counts[this.depth] += count;
  }

  /**
   * The innermost bracket closes; `end` is the offset after it.
   *
   * @param afterComma whether a comma stands before the bracket
   * @throws LiteralError `unbalanced` if the brackets do not match, `ragged` if it holds more or fewer than those before,
   *   `not_numeric` if it is no tuple: `(1)` is a number and `([1, 2])` a list, only a comma makes an array of one
   */
  close(end: number, bracket: number, afterComma: boolean): void {
    const { depth } = this;
    const start = this.starts[depth];
    const expected = closerOf(this.brackets[depth]);
    if (bracket !== expected) {
      const [opened, found, right] = [this.brackets[depth], bracket, expected].map((code) => String.fromCharCode(code));
      throw new LiteralError('unbalanced', `'${opened}' is closed by '${found}', not by '${right}'.`, end - 1, end);
    }
    if (bracket === Char.closeParenthesis && this.counts[depth] === 1 && !afterComma && !this.isIndexed(start)) {
      const reason = 'Parentheses around a single value are no tuple: add a comma or remove them.';
      throw new LiteralError('not_numeric', reason, start, end);
    }
    this.endBlock(start, end);
    this.counts[--this.depth]++;
  }

  /** The text ends where the elements of level 0 end, if those are the array's. */
  closeTop(start: number, end: number): void {
    this.endBlock(start, end);
  }

  /** The error for the bracket on a level that the text ends in. */
  unclosed(depth = this.depth): LiteralError {
    const start = this.starts[depth];
    return new LiteralError('unbalanced', 'The bracket opened here is never closed.', start, start + 1);
  }

  private endBlock(start: number, end: number): void {
    const { depth } = this;
    const count = this.counts[depth];
    if (this.lengths[depth] < 0) {
      this.lengths[depth] = count;
    } else if (this.lengths[depth] !== count) {
      throw new LiteralError('ragged', this.raggedReason(count, this.lengths[depth]), start, end);
    }
    if (this.rowDepth < 0) {
      this.rowDepth = depth;
    }
    if (this.rowDepth === depth) {
      this.rows.push(start, end);
    }
  }

  private raggedReason(found: number, expected: number): string {
    const { depth } = this;
    if (depth === this.rowDepth) {
      return `Row ${this.rowNumber} has ${counted(found, 'number')}, the rows before it have ${expected}.`;
    }
    const parts = depth === this.rowDepth - 1 ? 'row' : 'block';
    return `Block ${this.path(depth - 1)} has ${counted(found, parts)}, the blocks before it have ${expected}.`;
  }

  /** Whether an index stands before the first element of the bracket that opens at an offset. */
  private isIndexed(start: number): boolean {
    const first = skipTrivia(this.text, start + 1);
    return designatedStart(this.text, first, 0) > first;
  }

  /** Rows are numbered from 0 over all leading axes, as everywhere in the product. */
  private get rowNumber(): number {
    return this.rows.length / 2;
  }

  private path(depth: number): string {
    return `[${this.counts.slice(this.top, depth + 1).join(', ')}]`;
  }
}
