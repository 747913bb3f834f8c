import type { DType } from '../tensor/dtype';
import { LiteralError } from '../tensor/errors';
import { isOpener } from './brackets';
import { callAround, closingFrom } from './callAround';
import { Char, codeAt } from './characters';
import { callStart } from './elementPrefix';
import { elementType } from './elementType';
import { notNumeric } from './notNumeric';
import type { NumberScanner } from './numberScanner';
import { printerOf } from './printer';
import { skipTrivia } from './trivia';

/** The calls that elements of one array stand in, as in `[tensor(0.1), tensor(0.2)]`. */
export class ElementCalls {
  /** Whether there has been one. */
  any = false;
  /** The element type that the first one tells. */
  dtype?: DType;
  /** Those around the element at hand: where the argument starts, and how many brackets of the array are open around it. */
  private readonly around: { start: number; depth: number }[] = [];

  constructor(
    private readonly text: string,
    private readonly numbers: NumberScanner,
  ) {}

  /** A call opens whose argument starts at an offset, inside so many brackets. */
  open(start: number, depth: number): void {
    this.any = true;
    this.around.push({ start, depth });
  }

  /** Whether the argument of the innermost call ends with an element inside so many brackets. */
  endAt(depth: number): boolean {
    return this.around.at(-1)?.depth === depth;
  }

  /**
   * Closes the innermost call.
   *
   * @param end    where its first argument ends
   * @param at     what follows that; further arguments, as `device='cuda:0'`, may stand there
   * @param nested whether the call is one of several elements
   * @returns      the end of the call
   * @throws LiteralError if it is never closed, or holds more than one element
   */
  close(end: number, at: number, nested: boolean): number {
    const { text } = this;
    const { start } = this.around.pop()!;
    // Scala's Array(1, 2) is no such call, nor is any with elements for further arguments.
    const hasMore = codeAt(text, at) === Char.comma;
    const next = hasMore ? skipTrivia(text, at + 1) : at;
    if (isOpener(codeAt(text, next)) || callStart(text, next) > next || this.numbers.read(next) > next) {
      throw notNumeric(text, next);
    }
    const close = closingFrom(text, at);
    if (codeAt(text, close) !== Char.closeParenthesis) {
      throw new LiteralError('unbalanced', 'The call around this element is never closed.', start, end);
    }
    if (!hasMore && close !== at) {
      throw notNumeric(text, at);
    }
    const call = callAround(text, start, end);
    if (call && call.factor !== 1 && nested) {
      throw new LiteralError(
        'syntax',
        'Tensors printed with a factor are read one by one: select one of them.',
        start,
        end,
      );
    }
    this.dtype ??= call && elementType(call, text.slice(start, end), printerOf(text, start, call));
    return close + 1;
  }
}
