/** Input that Normscope refuses. Every subclass says in `message`, in one plain sentence, what is wrong and where. */
export abstract class InputError extends Error {
  /** What the person can do about it, one sentence; absent where there is nothing. */
  readonly advice?: string;

  constructor(message: string, options: { advice?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = new.target.name;
    this.advice = options.advice;
  }
}

/** What is wrong and what to do about it, in one line. */
export function withAdvice({ message, advice }: InputError): string {
  return advice === undefined ? message : `${message.replace(/\.$/, '')}. ${advice}`;
}

/** A file that is not what its format demands, or demands what Normscope does not read. */
export class FormatError extends InputError {
  /**
   * @param format     name of the format, as in "npy"
   * @param reason     what is wrong: found, expected
   * @param byteOffset where in the file, if the fault has a place
   */
  constructor(
    readonly format: string,
    readonly reason: string,
    readonly byteOffset?: number,
    options: { advice?: string; cause?: unknown } = {},
  ) {
    super(`${format}: ${reason}${byteOffset === undefined ? '' : ` (byte ${byteOffset})`}`, options);
  }
}

/** Tensors whose shapes do not fit together or do not fit the question. */
export class ShapeError extends InputError {}

/** Work refused because it exceeds a named bound. */
export class LimitError extends InputError {}

/** Text that looks like an array and is none: ragged, unbalanced, not numeric. */
export class LiteralError extends InputError {
  /**
   * @param code   what kind of fault
   * @param reason one sentence without the place
   * @param start  offset of the fault in the text, UTF-16 units
   * @param end    end of the fault
   */
  constructor(
    readonly code: 'ragged' | 'not_numeric' | 'unbalanced' | 'syntax' | 'too_deep' | 'too_many' | 'empty' | 'truncated',
    readonly reason: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(reason);
  }
}

/** An error about a place in one of several texts; its message begins with the line and column. */
export class PlacedError extends InputError {
  /**
   * @param message line, column and what is wrong there
   * @param uri     of the text
   * @param start   offset of the fault in the text, UTF-16 units
   * @param end     end of the fault
   */
  constructor(
    message: string,
    readonly uri: string,
    readonly start: number,
    readonly end: number,
  ) {
    super(message);
  }
}
