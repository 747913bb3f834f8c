import { Char, isDigit } from './characters';
import { longDecimal, shortDecimal } from './decimal';
import type { NumberList } from './numberList';

/** Units of text that are looked at as bytes at a time: few at first, since most arrays are short. */
const firstWindow = 1 << 9;
const largestWindow = 1 << 16;

/**
 * Reads runs of numbers that are written as JSON writes them, each right before a comma or `]`, with white space after
 * commas. Nearly all numbers of a long array are: in one loop of their own, over bytes rather than a string whose
 * representation is asked for at every character, they take a third of the time that the general reader needs, which
 * reads whatever else there is.
 */
export class PlainRuns {
  private readonly encoder = new TextEncoder();
  /** The ASCII text from `windowStart` to `windowEnd`, and zeros after it. */
  private bytes = new Uint8Array(0);
  private windowStart = 0;
  private windowEnd = 0;
  /** Where the digits of the exponent end that was read last. */
  private exponentEnd = 0;

  constructor(private readonly text: string) {}

  /**
   * Reads numbers up to the first thing of another kind, or to the end of a window.
   *
   * @param start  offset of an element
   * @param values what the numbers are added to
   * @returns      the end of the last number read; `start` if the element is none of that kind
   */
  read(start: number, values: NumberList): number {
    if (start < this.windowStart || start >= this.windowEnd) {
      this.moveWindow(start);
    }
    const { bytes } = this;
    let end = start - this.windowStart;
    let at = end;
    // Every number takes two bytes at the least, with the comma or bracket after it.
    const room = values.roomFor((this.windowEnd - start + 1) >> 1);
    let count = values.length;
    for (;;) {
      let code = bytes[at];
      const negative = code === Char.minus;
      if (negative) {
        code = bytes[++at];
      }
      const first = at;
      // Nine digits in each, so that both stay integers of 32 bits.
      let high = 0;
      while (isDigit(code) && high < 100_000_000) {
        high = high * 10 + (code - Char.digit0);
        code = bytes[++at];
      }
      let value = high;
      // Otherwise it is a short integer, for which the rest would take longer than its digits.
      if (code !== Char.comma || at === first) {
        let low = 0;
        let lowDigits = 0;
        let point = 0;
        for (;;) {
          while (isDigit(code) && lowDigits < 9) {
            low = low * 10 + (code - Char.digit0);
            lowDigits++;
            code = bytes[++at];
          }
          if (code !== Char.dot || point > 0 || at === first) {
            break;
          }
          code = bytes[++at];
          point = at;
          while (isDigit(code) && high < 100_000_000) {
            high = high * 10 + (code - Char.digit0);
            code = bytes[++at];
          }
        }
        let exponent = point > 0 ? point - at : 0;
        if ((code === Char.lowerE || code === Char.upperE) && at > first) {
          exponent += this.exponentAfter(at);
          at = this.exponentEnd;
          code = bytes[at];
        }
        if ((code !== Char.comma && code !== Char.closeBracket) || at === first) {
          break;
        }
        value = lowDigits === 0 ? shortDecimal(high, exponent) : longDecimal(high, low, lowDigits, exponent);
        if (value !== value) {
          value = parseFloat(this.text.slice(this.windowStart + first, this.windowStart + at));
        }
      }
      room[count++] = negative ? -value : value;
      end = at;
      if (code === Char.closeBracket) {
        break;
      }
      do {
        code = bytes[++at];
      } while (code === Char.space || code === Char.lineFeed || code === Char.carriageReturn || code === Char.tab);
    }
    values.length = count;
    return this.windowStart + end;
  }

  /** The exponent after the `e` at a place in the window. */
  private exponentAfter(at: number): number {
    const { bytes } = this;
    let code = bytes[++at];
    const down = code === Char.minus;
    if (down || code === Char.plus) {
      code = bytes[++at];
    }
    const first = at;
    let exponent = 0;
    while (isDigit(code) && at < first + 9) {
      exponent = exponent * 10 + (code - Char.digit0);
      code = bytes[++at];
    }
    // With no digit, or one too many, what follows is no comma; so the digits, or the `e` itself, are left for the caller.
    this.exponentEnd = at > first ? at : first - 1;
    return down ? -exponent : exponent;
  }

  /** Moves the window to an offset; other than ASCII, characters and bytes do not stand at the same places. */
  private moveWindow(start: number): void {
    const length = Math.min(largestWindow, Math.max(firstWindow, 4 * (this.bytes.length - 1)));
    if (length >= this.bytes.length) {
      this.bytes = new Uint8Array(length + 1);
    }
    const { read, written } = this.encoder.encodeInto(this.text.slice(start, start + length), this.bytes);
    this.windowStart = start;
    this.windowEnd = start + read;
    this.bytes.fill(0, read === written ? read : 0);
  }
}
