import { isMissing } from '../../tensor/missingValue';

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

const infinity = /^([+-]?)inf(?:inity)?$/i;

/** The number in a cell of a table: NaN for a missing one, undefined for a text. */
export function cellNumber(cell: string): number | undefined {
  const trimmed = cell.trim();
  if (decimal.test(trimmed)) {
    return Number(trimmed);
  }
  if (/^[+-]?nan$/i.test(trimmed) || isMissing(trimmed)) {
    return NaN;
  }
  const match = infinity.exec(trimmed);
  return match ? (match[1] === '-' ? -Infinity : Infinity) : undefined;
}
