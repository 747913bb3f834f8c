import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { isCloser, isOpener } from './brackets';
import { Char, codeAt, isSpace } from './characters';
import { ElementCalls } from './elementCalls';
import { callStart, listStart } from './elementPrefix';
import { designatedStart } from './designator';
import { cutEnd, elisionEnd, endsWithDots } from './elision';
import { looseCommentEnd } from './looseComment';
import { isMatrix } from './matrixLook';
import { readMatrix } from './matrixReader';
import { Nesting } from './nesting';
import { isComplex, notNumeric } from './notNumeric';
import { NumberList } from './numberList';
import { NumberScanner } from './numberScanner';
import { PlainRuns } from './plainRuns';
import { tryRead } from './refusal';
import { rustRepeat } from './rustRepeat';
import { UnwrittenElements } from './unwrittenElements';
import { tooLong } from './tooLong';
import { skipTrivia } from './trivia';

/** How many numbers are read between two looks at the signal. */
const lookInterval = 0x8000;
/** From so many numbers on, an array is taken for one that fills most of its text. */
const manyNumbers = 0x4000;

/**
 * Reads one array in one pass over the text: brackets go to `Nesting`, numbers through `NumberScanner`, and what may
 * stand between them is decided here: commas throughout, or white space throughout, as NumPy prints. After an error
 * `isOpen` and `valueCount` tell how far reading came.
 */
export class ArrayReader {
  private readonly numbers: NumberScanner;
  private readonly plain: PlainRuns;
  private readonly nesting: Nesting;
  private readonly values = new NumberList();
  private truncated = false;
  /** Whether white space alone parts the elements, and whether commas have. */
  private spaced = false;
  private commas = false;
  private readonly calls: ElementCalls;
  private readonly unwritten: UnwrittenElements;
  private nextLook = lookInterval;
  private repeat?: ArrayLiteral;

  /**
   * @param text   the text that the array stands in
   * @param start  where the array starts; `limits.maxLength` counts from there
   * @param limits the bounds to keep
   * @param bare   whether the outermost brackets are left out: commas part rows or numbers up to the end of the text
   */
  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly limits: LiteralLimits,
    private readonly bare = false,
  ) {
    this.numbers = new NumberScanner(text);
    this.plain = new PlainRuns(text);
    this.nesting = new Nesting(text, limits.maxDepth, bare ? 0 : 1);
    this.calls = new ElementCalls(text, this.numbers);
    this.unwritten = new UnwrittenElements(text, start, this.nesting, this.values);
  }

  /** Whether the bracket at an offset was open when reading ended. */
  isOpen(bracket: number): boolean {
    return this.nesting.isOpen(bracket);
  }

  /** How many numbers have been read. */
  get valueCount(): number {
    return this.values.length;
  }

  /** Whether an element so far stands in a call, as in `[tensor(0.1), tensor(0.2)]`. */
  get hasCalls(): boolean {
    return this.calls.any;
  }

  /**
   * Reads the array; its opening bracket, or its first element if it is bare, stands at the start. A bare array that is
   * one row is that row.
   *
   * @throws LiteralError if it is no array of numbers; LimitError if it is too long; the signal's reason if aborted
   */
  read(): ArrayLiteral {
    const end = this.readElements();
    const { text, start, bare, nesting } = this;
    if (end === undefined) {
      return this.repeat ?? readMatrix(text, start, this.limits);
    }
    if (!bare) {
      const literal = this.literal(start, end, 1);
      return this.spaced && isMatrix(text, literal) ? readMatrix(text, start, this.limits) : literal;
    }
    if (nesting.single !== undefined) {
      return this.literal(nesting.single, end, 1);
    }
    nesting.closeTop(this.start, end);
    return this.literal(this.start, end, 0);
  }

  /**
   * Reads as `read` does, and returns a LiteralError instead of throwing it; of a list of calls, each of which may be meant
   * for an array of its own, no `ragged` one.
   */
  tryRead(): ArrayLiteral | LiteralError {
    const result = tryRead(() => this.read());
    return result instanceof LiteralError && result.code === 'ragged' && this.hasCalls
      ? new LiteralError('not_numeric', result.reason, result.start, result.end)
      : result;
  }

  /**
   * Reads elements and what parts them up to the end of the array.
   *
   * @returns that end; undefined if what stands there shows that it is a matrix, with semicolons or lines for rows
   */
  private readElements(): number | undefined {
    const { text, nesting, numbers, values } = this;
    const bound = this.start + this.limits.maxLength;
    let at = this.start;
    let end = at;
    const braced = codeAt(text, at) === Char.openBrace;
    let elementNext = true;
    for (;;) {
      at = skipTrivia(text, at);
      const code = codeAt(text, at);
      if (at > bound) {
        throw tooLong('array', this.limits);
      } else if (code === Char.minus && looseCommentEnd(text, at) > at) {
        at = looseCommentEnd(text, at);
      } else if (!elementNext && this.calls.endAt(nesting.depth)) {
        at = this.calls.close(end, at, nesting.depth > 0);
      } else if (code === Char.comma && !elementNext) {
        if (this.spaced) {
          throw new LiteralError('syntax', 'White space parts the numbers before this comma, not commas.', at, at + 1);
        }
        at++;
        elementNext = true;
        this.commas = true;
      } else if (isCloser(code) && nesting.depth > 0) {
        this.unwritten.zerosBefore(at);
        end = ++at;
        nesting.close(end, code, elementNext);
        if (nesting.depth === 0 && !this.bare) {
          return end;
        }
        elementNext = false;
      } else if (at >= text.length) {
        if (nesting.depth > 0) {
          throw nesting.unclosed();
        }
        return end;
      } else if (code === Char.percent && this.spaced && this.isInMatrix) {
        return undefined;
      } else if (code === Char.semicolon && this.isInMatrix) {
        this.repeat = values.length === 1 ? rustRepeat(text, this.start, numbers, at) : undefined;
        return undefined;
      } else if (code === Char.openBracket && !nesting.allowsSpaces && designatedStart(text, at, nesting.count) > at) {
        at = designatedStart(text, at, nesting.count);
        elementNext = true;
      } else if (code === Char.less && !elementNext) {
        end = this.unwritten.repeated(at);
        if (end === at) {
          throw this.notSeparated(at, code);
        }
        at = end;
      } else if (code === Char.dot && !elementNext && cutEnd(text, at) > at) {
        at = end = cutEnd(text, at);
        this.truncated = true;
      } else if (!elementNext) {
        if (!this.startsRow(at, code)) {
          if (this.commas || !this.startsAfterSpace(at, code)) {
            throw this.notSeparated(at, code);
          }
          this.spaced = true;
        }
        elementNext = true;
      } else if (code === Char.openBracket || code === Char.openParenthesis || (code === Char.openBrace && braced)) {
        nesting.open(at, code);
        at++;
      } else {
        end = this.readNumbers(at);
        if (end === at) {
          const inner = this.readPrefix(at);
          if (inner > at) {
            at = inner;
            continue;
          }
          if (this.isInMatrix && endsWithDots(text, at)) {
            return undefined;
          }
          end = this.readElision(at, code);
        }
        at = end;
        elementNext = false;
      }
    }
  }

  /**
   * Reads the number at an offset, and those after it as far as commas and nothing unusual part them.
   *
   * @returns the end of the last of them; `start` if there is none
   */
  private readNumbers(start: number): number {
    const { nesting, numbers, values } = this;
    if (nesting.holdsNumbers && !this.spaced) {
      const before = values.length;
      const end = this.plain.read(start, values);
      if (end > start) {
        nesting.moreNumbers(values.length - before);
        if (before < manyNumbers && values.length >= manyNumbers) {
          // As many more as the rest of the text holds if it goes on like this, and some to spare.
          values.reserve(Math.ceil((1.05 * values.length * (this.text.length - this.start)) / (end - this.start)));
        }
        this.commas ||= values.length > before + 1;
        this.lookAtSignal();
        return end;
      }
    }
    const end = numbers.read(start);
    if (end > start) {
      nesting.number(start, end);
      values.push(numbers.value);
      this.lookAtSignal();
    }
    return end;
  }

  /** What stands before an element, such as `tensor(` or `vec!`: returns where the element itself starts. */
  private readPrefix(at: number): number {
    const list = listStart(this.text, at);
    if (list > at) {
      return list;
    }
    const start = callStart(this.text, at);
    if (start > at) {
      this.calls.open(start, this.nesting.depth);
    }
    return start;
  }

  /** Throws the signal's reason if it is aborted; looks at it once in a while only. */
  private lookAtSignal(): void {
    if (this.values.length >= this.nextLook) {
      this.nextLook = this.values.length + lookInterval;
      this.limits.signal?.throwIfAborted();
    }
  }

  /** Whether numbers stand in a single pair of square brackets so far, as those of a matrix with semicolons do. */
  private get isInMatrix(): boolean {
    const { nesting } = this;
    return (
      !this.bare && nesting.depth === 1 && nesting.holdsNumbers && codeAt(this.text, this.start) === Char.openBracket
    );
  }

  /** The `...` for what is not shown; throws if that is not what stands there. */
  private readElision(at: number, code: number): number {
    const end = elisionEnd(this.text, at);
    if (end === at || this.values.length === 0) {
      throw this.notAnElement(at, code);
    }
    this.truncated = true;
    return end;
  }

  /** Whether a row stands at an offset that is selected with others, parted from the one before by nothing but white space. */
  private startsRow(at: number, code: number): boolean {
    const { text, nesting } = this;
    return (
      this.bare &&
      nesting.depth === 0 &&
      !nesting.holdsNumbers &&
      isSpace(codeAt(text, at - 1)) &&
      (isOpener(code) || callStart(text, at) > at)
    );
  }

  /** Whether an element stands at an offset, parted from the one before by nothing but white space. */
  private startsAfterSpace(at: number, code: number): boolean {
    const { text, nesting } = this;
    if (!isSpace(codeAt(text, at - 1)) || !nesting.allowsSpaces) {
      return false;
    }
    if (code === Char.openBracket) {
      return nesting.depth > 0 || !nesting.holdsNumbers;
    }
    return this.numbers.read(at) > at || elisionEnd(text, at) > at;
  }

  private literal(start: number, end: number, depth: number): ArrayLiteral {
    if (this.values.length === 0) {
      throw new LiteralError('empty', 'The array is empty.', start, end);
    }
    const dtype = this.numbers.dtype ?? this.calls.dtype;
    return this.unwritten.complete({
      start,
      end,
      shape: this.nesting.shapeFrom(depth),
      rowOffsets: new Uint32Array(this.nesting.rows),
      ...(dtype && { dtype }),
      ...(this.truncated && { truncated: {} }),
    });
  }

  private notAnElement(at: number, code: number): LiteralError {
    if (code === Char.comma) {
      return new LiteralError('syntax', 'A number is missing before this comma.', at, at + 1);
    }
    return isCloser(code) ? neverOpened(at) : notNumeric(this.text, at);
  }

  private notSeparated(at: number, code: number): LiteralError {
    if (isCloser(code)) {
      return neverOpened(at);
    }
    if (isComplex(this.text, at)) {
      return notNumeric(this.text, at);
    }
    const numberEnd = this.numbers.read(at);
    if (isOpener(code) || numberEnd > at) {
      const reason = `A comma is missing before this ${isOpener(code) ? 'bracket' : 'number'}.`;
      return new LiteralError('syntax', reason, at, Math.max(numberEnd, at + 1));
    }
    const found = String.fromCodePoint(this.text.codePointAt(at)!);
    const reason = `A comma or a closing bracket should stand here, not '${found}'.`;
    return new LiteralError('syntax', reason, at, at + found.length);
  }
}

function neverOpened(at: number): LiteralError {
  return new LiteralError('unbalanced', 'The bracket closed here is never opened.', at, at + 1);
}
