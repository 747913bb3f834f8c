import { LimitError } from '../tensor/errors';
import { formatCount } from '../tensor/formatCount';
import type { LiteralLimits } from './arrayLiteral';

/** The error for a piece of text that exceeds `limits.maxLength`. */
export function tooLong(
  what: 'array' | 'object' | 'selection' | 'table' | 'text',
  { maxLength }: Pick<LiteralLimits, 'maxLength'>,
): LimitError {
  return new LimitError(`The ${what} is longer than ${formatCount(maxLength)} characters.`, {
    advice: 'Select a part of it.',
  });
}
