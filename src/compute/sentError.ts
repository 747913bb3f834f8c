import { FormatError, InputError, LimitError, PlacedError } from '../tensor/errors';

/** An error as it travels between threads: classes do not survive the way. */
export type SentError =
  | { kind: 'format'; format: string; reason: string; byteOffset?: number; advice?: string }
  | { kind: 'placed'; message: string; uri: string; start: number; end: number }
  | { kind: 'limit'; message: string; advice?: string }
  | { kind: 'other'; message: string; stack?: string };

/** An error in a form that can be sent. */
export function sentError(error: unknown): SentError {
  if (error instanceof FormatError) {
    const { format, reason, byteOffset, advice } = error;
    return { kind: 'format', format, reason, byteOffset, advice };
  }
  if (error instanceof PlacedError) {
    const { message, uri, start, end } = error;
    return { kind: 'placed', message, uri, start, end };
  }
  if (error instanceof InputError) {
    return { kind: 'limit', message: error.message, advice: error.advice };
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'other', message, stack };
}

/** The error that was sent. */
export function receivedError(sent: SentError): Error {
  switch (sent.kind) {
    case 'format':
      return new FormatError(sent.format, sent.reason, sent.byteOffset, { advice: sent.advice });
    case 'placed':
      return new PlacedError(sent.message, sent.uri, sent.start, sent.end);
    case 'limit':
      return new LimitError(sent.message, { advice: sent.advice });
    default:
      return Object.assign(new Error(sent.message), { stack: sent.stack });
  }
}
