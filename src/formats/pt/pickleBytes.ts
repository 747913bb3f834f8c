import { FormatError } from '../../tensor/errors';
import { quote } from '../quote';

/** Digits of a whole number in text; Python writes longer ones too, but no checkpoint needs them. */
const maxDigits = 1000;

/** Bytes of a whole number in binary, as many as `maxDigits` take. */
const maxIntegerBytes = 512;

const utf8 = new TextDecoder();

/** The bytes of a pickle, taken one operand after the other; every length in them is checked before it is used. */
export class PickleBytes {
  private readonly view: DataView;
  /** Of the operation that is being read, for messages. */
  private operation: number;

  /**
   * @param position   first byte of the pickle
   * @param fileOffset where `bytes` begin in the file; undefined where they are compressed there
   */
  constructor(
    private readonly bytes: Uint8Array,
    private position: number,
    private readonly fileOffset: number | undefined,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.operation = position;
  }

  /** Behind the last byte that was taken. */
  get end(): number {
    return this.position;
  }

  /** The code of the next operation. */
  nextOperation(): number {
    this.operation = this.position;
    return this.unsigned(1);
  }

  /** A whole number of so many bytes, little-endian; one beyond 2^53 is rounded. */
  unsigned(length: 1 | 2 | 4 | 8): number {
    const start = this.take(length);
    switch (length) {
      case 1:
        return this.bytes[start];
      case 2:
        return this.view.getUint16(start, true);
      case 4:
        return this.view.getUint32(start, true);
      case 8:
        return Number(this.view.getBigUint64(start, true));
    }
  }

  int32(): number {
    return this.view.getInt32(this.take(4), true);
  }

  /** Big-endian, unlike the other numbers. */
  float64(): number {
    return this.view.getFloat64(this.take(8));
  }

  /** A two's-complement number, little-endian. */
  integer(length: number): number | bigint {
    if (length > maxIntegerBytes) {
      throw this.fault(`holds a whole number of ${length} bytes; at most ${maxIntegerBytes} are read`);
    }
    const bytes = this.slice(length);
    let value = 0n;
    // Six bytes at a time, which a number holds exactly: one bigint for each byte would take long.
    for (let end = length; end > 0; end -= 6) {
      let digits = 0;
      const start = Math.max(0, end - 6);
      for (let i = end - 1; i >= start; i--) {
        digits = digits * 256 + bytes[i];
      }
      value = (value << BigInt(8 * (end - start))) | BigInt(digits);
    }
    return numberIfExact(BigInt.asIntN(8 * length, value));
  }

  /** A whole number in decimal digits, up to the end of the line. */
  integerLine(): number | bigint {
    const text = this.line().replace(/L$/, '');
    if (!/^-?\d+$/.test(text) || text.length > maxDigits) {
      throw this.fault(`holds ${quote(text)} where a whole number should stand`);
    }
    return numberIfExact(BigInt(text));
  }

  /** Text up to the end of the line. */
  line(): string {
    const end = this.bytes.indexOf(10, this.position);
    if (end < 0) {
      throw this.endsEarly();
    }
    const text = this.text(end - this.position);
    this.position = end + 1;
    return text;
  }

  /** UTF-8 text of so many bytes. */
  text(length: number): string {
    return utf8.decode(this.slice(length));
  }

  slice(length: number): Uint8Array {
    const start = this.take(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.take(length);
  }

  /** The error that the operation at hand calls for; `reason` reads on after "the pickle". */
  fault(reason: string): FormatError {
    const place = this.fileOffset === undefined ? undefined : this.fileOffset + this.operation;
    return new FormatError('pt', `the pickle ${reason}`, place, {
      advice: 'The file may be damaged or cut short; save or copy it again.',
    });
  }

  /** Where the next bytes start; they are behind it afterwards. */
  private take(length: number): number {
    const start = this.position;
    if (start + length > this.bytes.length) {
      throw this.endsEarly();
    }
    this.position += length;
    return start;
  }

  private endsEarly(): FormatError {
    return this.fault('ends early');
  }
}

function numberIfExact(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}
