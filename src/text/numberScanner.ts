import { Char, codeAt, isDigit, isQuote, isWordPart } from './characters';
import { longDecimal, shortDecimal } from './decimal';
import { isScalarType, numberNamed } from './numberWords';

const underscored = /^(?:\d(?:_?\d)*\.?(?:\d(?:_?\d)*)?|\.\d(?:_?\d)*)(?:[eE][+-]?\d(?:_?\d)*)?/;
const radix = /^0(?:[xX](?:_?[\da-fA-F])+|[bB](?:_?[01])+|[oO](?:_?[0-7])+)/;
const dottedName = /^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/;
const quotedSpecial = /^[+-]?(?:nan|inf(?:inity)?)(?!\w)/i;

/** Units given to one of these patterns, at the most: more than 1024 binary digits, and far from where matching overflows. */
const longestMatch = 2048;

/**
 * Reads single numbers out of a text: every form of JSON and Python, each bit-identical to what `Number` makes of it.
 *
 * Plain decimals are converted digit by digit on the way; everything else goes to one of the small readers below.
 */
export class NumberScanner {
  /** The number read last. A field, since returning a float64 costs an allocation each. */
  value = NaN;

  constructor(private readonly text: string) {}

  /**
   * Reads the number at an offset into `value`.
   *
   * @returns the end of the number; `start` if none stands there
   */
  read(start: number): number {
    const end = this.readPlain(start);
    return end > start ? end : this.readCall(start);
  }

  /** A number that is not wrapped in a call. */
  private readPlain(start: number): number {
    const { text } = this;
    let at = start;
    let code = codeAt(text, at);
    const negative = code === Char.minus;
    if (negative || code === Char.plus) {
      code = codeAt(text, ++at);
    }
    const first = at;
    // Two integers of nine digits: they stay in registers, where one float64 would wait for itself at every digit.
    let high = 0;
    let low = 0;
    let lowDigits = 0;
    let point = -1;
    for (;;) {
      if (isDigit(code)) {
        if (high < 100_000_000) {
          high = high * 10 + (code - Char.digit0);
        } else {
          low = lowDigits < 9 ? low * 10 + (code - Char.digit0) : 0;
          lowDigits++;
        }
      } else if (code === Char.dot && point < 0) {
        point = at;
      } else {
        break;
      }
      code = codeAt(text, ++at);
    }
    let exponent = point < 0 ? 0 : point + 1 - at;
    let proper = at - first > (point < 0 ? 0 : 1);
    if (proper && (code === Char.lowerE || code === Char.upperE)) {
      code = codeAt(text, ++at);
      const down = code === Char.minus;
      if (down || code === Char.plus) {
        code = codeAt(text, ++at);
      }
      proper = isDigit(code);
      let written = 0;
      while (isDigit(code)) {
        // Past every float64 anyway; a bound keeps the sum an integer however many digits follow.
        written = Math.min(written * 10 + (code - Char.digit0), 100000);
        code = codeAt(text, ++at);
      }
      exponent += down ? -written : written;
    }
    if (!proper || code === Char.dot || isWordPart(code)) {
      return this.readUnusual(start, first, negative);
    }
    let value = lowDigits === 0 ? shortDecimal(high, exponent) : longDecimal(high, low, lowDigits, exponent);
    if (value !== value) {
      value = Number(text.slice(first, at));
    }
    this.value = negative ? -value : value;
    return at;
  }

  /** A number with underscores or of another radix, or a named one; `first` is the offset after the sign. */
  private readUnusual(start: number, first: number, negative: boolean): number {
    const written = this.match(radix, first) || this.match(underscored, first);
    const name = written ? '' : this.match(dottedName, first);
    const value = written ? Number(written.replaceAll('_', '')) : numberNamed(name);
    const end = first + written.length + name.length;
    const next = codeAt(this.text, end);
    if (value === undefined || next === Char.dot || isWordPart(next)) {
      return start;
    }
    this.value = negative ? -value : value;
    return end;
  }

  /** A conversion of one number, such as `float('-inf')` or `np.float32(1.5)`. */
  private readCall(start: number): number {
    const sign = codeAt(this.text, start);
    const nameStart = sign === Char.minus || sign === Char.plus ? start + 1 : start;
    const name = this.match(dottedName, nameStart);
    const call = nameStart + name.length;
    if (!isScalarType(name) || codeAt(this.text, call) !== Char.openParenthesis) {
      return start;
    }
    const quote = codeAt(this.text, call + 1);
    const quoted = isQuote(quote);
    const argument = quoted ? call + 2 : call + 1;
    let end = quoted ? this.readQuoted(argument) : this.readPlain(argument);
    if (end === argument || (quoted && codeAt(this.text, end++) !== quote)) {
      return start;
    }
    if (codeAt(this.text, end) !== Char.closeParenthesis) {
      return start;
    }
    this.value = sign === Char.minus ? -this.value : this.value;
    return end + 1;
  }

  /** A number in quotes, where Python takes `nan`, `inf` and `infinity` in any case. */
  private readQuoted(start: number): number {
    const special = this.match(quotedSpecial, start);
    if (special === '') {
      return this.readPlain(start);
    }
    const infinite = special.startsWith('-') ? -Infinity : Infinity;
    this.value = /nan/i.test(special) ? NaN : infinite;
    return start + special.length;
  }

  private match(pattern: RegExp, at: number): string {
    return pattern.exec(this.text.slice(at, at + longestMatch))?.[0] ?? '';
  }
}
