import { UsageError } from './usageError';
import type { Options } from './command';

/**
 * A list such as "4,8" or "-1".
 *
 * @throws UsageError if a part is not an integer
 */
export function integerList(option: string, text: Options[string]): number[] | undefined {
  if (typeof text !== 'string') {
    return undefined;
  }
  return text.split(',').map((part) => {
    if (!/^\s*-?\d+\s*$/.test(part)) {
      throw new UsageError(`--${option} takes integers separated by commas, not "${text}".`);
    }
    return Number(part);
  });
}
