import type { DType } from '../tensor/dtype';
import { Char, codeAt, isDigit, isQuote, isWordPart } from './characters';
import { longDecimal, shortDecimal } from './decimal';
import { cutEnd } from './elision';
import { hexFloat, readHexFloat } from './hexFloat';
import { isScalarType, numberNamed, numeralType } from './numberWords';

/** Digits in groups, with underscores, or with apostrophes as in C++; or with the minus sign of typeset text in the exponent. */
const grouped = /^(?:\d(?:[_']?\d)*(?:\.(?!\.))?(?:\d(?:[_']?\d)*)?|\.\d(?:[_']?\d)*)(?:[eE][+\-−]?\d(?:_?\d)*)?/;
const radix = /^0(?:[xX](?:[_']?[\da-fA-F])+|[bB](?:[_']?[01])+|[oO](?:_?[0-7])+)/;
/** A name; `std::numeric_limits<float>::infinity()` as C++ has it. */
const name = /^\.?[A-Za-z_]\w*(?:(?:\.|::)[A-Za-z_]\w*)*(?:<\w+>::\w+\(\))?/;
/** What tells the type of a numeral: of C, Java (`d`), Rust (`_f32`), JavaScript (`n`). */
const suffix =
  /^(?:_?(?:f32|f64|[iu](?:8|16|32|64|128|size))|[uU]?(?:ll?|LL?)?|(?:ll?|LL?)[uU]|[fFdDn])(?![\w$]|[+-]\d)/;
/** An exponent that tells the type: of a float32 of Julia, as in `2.5f-1`, or a float64 of Fortran, as in `2.5d-1`. */
const typedExponent = /^([fdD])([+-]?\d+)(?!\w)/;
const quotedSpecial = /^[+-]?(?:nan|inf(?:inity)?)(?!\w)/i;

/** Units given to one of these patterns, at the most: more than 1024 binary digits, and far from where matching overflows. */
const longestMatch = 2048;

/**
 * Reads single numbers out of a text, in every form of the languages at hand, each bit-identical to what `Number` makes of
 * its digits.
 *
 * Plain decimals are converted digit by digit on the way; everything else goes to one of the small readers below.
 */
export class NumberScanner {
  /** The number read last. A field, since returning a float64 costs an allocation each. */
  value = NaN;
  /** The element type that the last number with a suffix told. */
  dtype?: DType;

  constructor(private readonly text: string) {}

  /**
   * Reads the number at an offset into `value`.
   *
   * @returns the end of the number; `start` if none stands there
   */
  read(start: number): number {
    const end = this.readPlain(start);
    if (end > start) {
      return end;
    }
    return codeAt(this.text, start) === Char.minusSign ? this.readAfterMinus(start) : this.readCall(start);
  }

  /** A number after the minus sign of typeset text, which keyboards do not have. */
  private readAfterMinus(start: number): number {
    const end = this.readPlain(start + 1);
    this.value = -this.value;
    return end > start + 1 ? end : start;
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
    // An apostrophe may part groups of digits, as in 1'000.
    if (!proper || code === Char.dot || code === Char.singleQuote || isWordPart(code)) {
      if (!proper || !this.isFloatSuffix(at)) {
        return this.readUnusual(start, first, negative);
      }
      this.dtype = 'float32';
      at++;
    }
    let value = lowDigits === 0 ? shortDecimal(high, exponent) : longDecimal(high, low, lowDigits, exponent);
    if (value !== value) {
      value = parseFloat(text.slice(first, at));
    }
    this.value = negative ? -value : value;
    return at;
  }

  /** Whether the `f` of C ends the number that ends at an offset; Julia has an exponent follow it. */
  private isFloatSuffix(at: number): boolean {
    const code = codeAt(this.text, at);
    const next = codeAt(this.text, at + 1);
    return (
      (code === Char.lowerF || code === Char.upperF) && !isWordPart(next) && next !== Char.plus && next !== Char.minus
    );
  }

  /** A number with a suffix, with digits in groups, of another radix, or a named one; `first` is after the sign. */
  private readUnusual(start: number, first: number, negative: boolean): number {
    const end =
      isDigit(codeAt(this.text, first)) || this.match(grouped, first) ? this.readNumeral(first) : this.readName(first);
    const next = codeAt(this.text, end);
    if (end === first || (next === Char.dot && cutEnd(this.text, end) === end) || isWordPart(next)) {
      return start;
    }
    this.value = negative ? -this.value : this.value;
    return end;
  }

  private readNumeral(start: number): number {
    const hex = this.match(hexFloat, start);
    const digits = hex || this.match(radix, start) || this.match(grouped, start);
    const end = start + digits.length;
    this.value = hex ? readHexFloat(hex) : Number(digits.replace(/[_']/g, '').replace('−', '-'));
    const typed = this.match(suffix, end);
    if (typed) {
      this.dtype = numeralType(typed) ?? this.dtype;
      return end + typed.length;
    }
    const exponent = typedExponent.exec(this.text.slice(end, end + longestMatch));
    if (exponent) {
      const [, letter, power] = exponent;
      this.dtype = numeralType(letter);
      this.value = Number(`${digits}e${power}`);
      return end + exponent[0].length;
    }
    return end;
  }

  private readName(start: number): number {
    const written = this.match(name, start);
    const value = numberNamed(written);
    if (value === undefined) {
      return start;
    }
    this.value = value;
    return start + written.length;
  }

  /** A conversion of one number, such as `float('-inf')` or `np.float32(1.5)`. */
  private readCall(start: number): number {
    const sign = codeAt(this.text, start);
    const nameStart = sign === Char.minus || sign === Char.plus ? start + 1 : start;
    const type = this.match(name, nameStart);
    const call = nameStart + type.length;
    if (!isScalarType(type) || codeAt(this.text, call) !== Char.openParenthesis) {
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
