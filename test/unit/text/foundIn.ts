import { expect } from 'vitest';
import { LimitError, LiteralError } from '../../../src/tensor/errors';

/** What a reader finds in a text; it may refuse with a LimitError or a LiteralError that points into the text, and with nothing else. */
export function foundIn<T>(text: string, read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof LimitError) {
      return undefined;
    }
    expect(error).toBeInstanceOf(LiteralError);
    const { start, end, reason } = error as LiteralError;
    expect(start).toBeGreaterThanOrEqual(0);
    expect(end).toBeGreaterThanOrEqual(start);
    expect(text.length).toBeGreaterThanOrEqual(end);
    expect(reason).toMatch(/^[^\n]*\.$/s);
    return undefined;
  }
}
