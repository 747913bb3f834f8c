const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** What pandas, R and spreadsheets write where a value is missing. */
const missing = new Set(['', 'na', 'n/a', '#n/a', 'null', 'none', 'nil', '-nan']);

const infinity = /^([+-]?)inf(?:inity)?$/i;

/** Whether a cell stands for a value that is missing. */
export function isMissing(cell: string): boolean {
  return missing.has(cell.trim().toLowerCase());
}

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
