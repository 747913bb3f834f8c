/** What pandas, R, databases and spreadsheets write where a value is missing. */
const missing = new Set(['', 'na', '<na>', 'n/a', '#n/a', 'null', 'none', 'nil', '-nan']);

/** Whether a cell of a table stands for a value that is missing; NaN stands there in every table that is read. */
export function isMissing(cell: string): boolean {
  return missing.has(cell.trim().toLowerCase());
}
