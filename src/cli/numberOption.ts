import type { Options } from './command';
import { UsageError } from './usageError';

/**
 * The number that an option gives; undefined without the option.
 *
 * @param wanted  what it takes, as in "a positive number"
 * @param isRight judges a finite number
 * @throws        UsageError if it is none, or not right
 */
export function numberOption(
  options: Options,
  option: string,
  wanted: string,
  isRight: (value: number) => boolean,
): number | undefined {
  const text = options[option];
  if (typeof text !== 'string') {
    return undefined;
  }
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || !isRight(value)) {
    throw new UsageError(`--${option} takes ${wanted}, not "${text}".`);
  }
  return value;
}
