import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { decoratedArray } from './decoratedArray';
import { NumberScanner } from './numberScanner';
import { lineStart } from './sourceLine';
import { beforeLineBreak } from './trivia';

/**
 * Rows that pandas or R printed, without the numbers of the rows: those count up, and the line above names the other columns.
 *
 * @param rows lines of numbers, as `rowLinesAround` finds them
 * @returns undefined if the first column is none but numbers like the others
 */
export function labelledLines(text: string, rows: ArrayLiteral, limits: LiteralLimits): ArrayLiteral | undefined {
  const { shape, values } = rows;
  const [length, cols] = shape;
  for (let row = 0; row < length; row++) {
    if (values[row * cols] !== row + values[0]) {
      return undefined;
    }
  }
  const above = beforeLineBreak(text, lineStart(text, rows.start, 0));
  const header = lineStart(text, above, 0);
  const names = text.slice(header, above).match(/\S+/g) ?? [];
  const numbers = new NumberScanner(names.join(' '));
  return names.length === cols - 1 && values[0] >= 0 && values[0] <= 1 && numbers.read(0) === 0
    ? decoratedArray(text.slice(0, rows.end), header, limits)
    : undefined;
}
