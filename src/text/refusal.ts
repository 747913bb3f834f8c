import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral } from './arrayLiteral';

/** What a reader returns, or the LiteralError that it throws. */
export function tryRead(read: () => ArrayLiteral): ArrayLiteral | LiteralError {
  try {
    return read();
  } catch (error) {
    if (error instanceof LiteralError) {
      return error;
    }
    throw error;
  }
}

/**
 * Whether an error leaves no doubt that an array was meant. Parentheses and braces hold many things besides numbers, so that
 * other errors only say that one is no tuple and no initializer.
 */
export function provesArray({ code }: LiteralError): boolean {
  return code === 'ragged' || code === 'too_deep' || code === 'too_many';
}
