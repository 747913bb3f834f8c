import { quote } from './quote';

/** A value written as a Python literal: dicts become maps, tuples and lists arrays. */
export type PythonLiteral = string | number | boolean | null | PythonLiteral[] | Map<string, PythonLiteral>;

/** Deeper than any header that NumPy writes, and shallow enough for the stack. */
const maxDepth = 32;

/**
 * Reads a Python literal as NumPy writes it into headers: dicts with string keys, tuples, lists, strings, whole numbers, True,
 * False, None, and the `3L` of Python 2. Names, calls and operators are refused, never run.
 *
 * @throws PythonLiteralError with the position of what is no literal
 */
export function parsePythonLiteral(text: string): PythonLiteral {
  const reader = new LiteralReader(text);
  const value = reader.value(0);
  reader.end();
  return value;
}

/** Text that is no Python literal, and where. */
export class PythonLiteralError extends Error {
  /** @param position in the text, UTF-16 units */
  constructor(
    message: string,
    readonly position: number,
  ) {
    super(message);
  }
}

const wholeNumber = /[-+]?\d+(L?)(?![\w.])/y;
const word = /[^\s,:()[\]{}]+/y;
const words = new Map<string, boolean | null>([
  ['True', true],
  ['False', false],
  ['None', null],
]);
const escapes = new Map(Object.entries({ n: '\n', r: '\r', t: '\t', '\\': '\\', "'": "'", '"': '"' }));
const hexEscapeLengths = new Map(Object.entries({ x: 2, u: 4, U: 8 }));

class LiteralReader {
  private at = 0;

  constructor(private readonly text: string) {}

  value(depth: number): PythonLiteral {
    if (depth > maxDepth) {
      throw this.fault(`is nested more than ${maxDepth} deep`);
    }
    switch (this.peek()) {
      case '{':
        return this.dict(depth);
      case '[':
        return this.items(']', depth);
      case '(': {
        const { at } = this;
        const items = this.items(')', depth);
        // (x) is x in parentheses; (x,) is a tuple.
        return items.length === 1 && !/,\s*\)$/.test(this.text.slice(at, this.at)) ? items[0] : items;
      }
      case '"':
      case "'":
        return this.string();
      default:
        return this.numberOrWord();
    }
  }

  end(): void {
    if (this.peek() !== undefined) {
      throw this.fault('goes on behind its end');
    }
  }

  private dict(depth: number): Map<string, PythonLiteral> {
    const entries = new Map<string, PythonLiteral>();
    this.list('}', () => {
      const key = this.value(depth + 1);
      if (typeof key !== 'string' || entries.has(key)) {
        throw this.fault(
          typeof key === 'string' ? `has the key ${quote(key)} twice` : 'has a key that is not a string',
        );
      }
      if (this.peek() !== ':') {
        throw this.fault('lacks a colon');
      }
      this.at++;
      entries.set(key, this.value(depth + 1));
    });
    return entries;
  }

  private items(close: string, depth: number): PythonLiteral[] {
    const items: PythonLiteral[] = [];
    this.list(close, () => items.push(this.value(depth + 1)));
    return items;
  }

  /** Reads what stands between the bracket here and `close`, separated by commas; a comma may follow the last. */
  private list(close: string, readItem: () => void): void {
    this.at++;
    while (this.peek() !== close) {
      readItem();
      const separator = this.peek();
      if (separator === ',') {
        this.at++;
      } else if (separator !== close) {
        throw this.fault(`lacks a comma or ${close}`);
      }
    }
    this.at++;
  }

  private string(): string {
    const quote = this.text[this.at++];
    let value = '';
    for (;;) {
      const character = this.text[this.at];
      if (character === undefined) {
        throw this.fault('has a string without its closing quote');
      }
      this.at++;
      if (character === quote) {
        return value;
      }
      value += character === '\\' ? this.escape() : character;
    }
  }

  private escape(): string {
    const letter = this.text[this.at] ?? '';
    const length = hexEscapeLengths.get(letter) ?? 0;
    const digits = this.text.slice(this.at + 1, this.at + 1 + length);
    const code = digits.length === length && /^[\da-fA-F]+$/.test(digits) ? parseInt(digits, 16) : Infinity;
    const character = escapes.get(letter) ?? (code <= 0x10ffff ? String.fromCodePoint(code) : undefined);
    if (character === undefined) {
      throw this.fault('has an escape that is not known');
    }
    this.at += 1 + length;
    return character;
  }

  private numberOrWord(): PythonLiteral {
    wholeNumber.lastIndex = word.lastIndex = this.at;
    const digits = wholeNumber.exec(this.text);
    if (digits) {
      this.at += digits[0].length;
      return Number(digits[1] ? digits[0].slice(0, -1) : digits[0]);
    }
    const name = word.exec(this.text)?.[0];
    const value = words.get(name ?? '');
    if (value === undefined) {
      throw this.fault(name === undefined ? 'ends or goes wrong' : `holds ${quote(name)}, which is no plain value`);
    }
    this.at += name!.length;
    return value;
  }

  /** The next character that is not white space, without taking it. */
  private peek(): string | undefined {
    while (/\s/.test(this.text[this.at] ?? '')) {
      this.at++;
    }
    return this.text[this.at];
  }

  private fault(reason: string): PythonLiteralError {
    return new PythonLiteralError(reason, this.at);
  }
}
