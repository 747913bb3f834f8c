import { linesFrom, only, type BareText, type TextRange } from './bareText';
import { NumberScanner } from './numberScanner';

/** A key and what parts it from its value: `loss=`, `loss: ` or `"loss": `. */
const key = /(?<![\w."'])(["']?)([A-Za-z_][\w./%-]*)\1\s*[=:]\s*["']?/g;

/** What starts a list of numbers: beside one, keys are not what the selection is about. */
const listOfNumbers = /[[({]\s*[-+]?[\d.][\w.+-]*\s*,/;

/** Keys that a note lists. */
const listedKeys = 12;

interface KeyedLine {
  readonly keys: readonly string[];
  readonly values: readonly TextRange[];
}

/**
 * A selection of log lines such as `step=1 loss=0.5`, `step: 1, loss: 0.5` or `{"step": 1, "loss": 0.5}` without all but the
 * values: each key is a column, each line that has the keys of most lines is a row.
 *
 * @param text  cut off where the selection ends
 * @param start where it starts
 * @returns undefined if there are not two numbers with keys before them
 */
export function keyedNumbers(text: string, start: number): BareText | undefined {
  if (listOfNumbers.test(text.slice(start))) {
    return undefined;
  }
  const numbers = new NumberScanner(text);
  const lines = linesFrom(text, start).map((line) => pairsIn(text, line, numbers));
  const byKeys = new Map<string, KeyedLine[]>();
  for (const line of lines) {
    const sameKeys = byKeys.get(line.keys.join()) ?? [];
    sameKeys.push(line);
    byKeys.set(line.keys.join(), sameKeys);
  }
  byKeys.delete('');
  const [rows] = Array.from(byKeys.values()).sort((a, b) => b.length - a.length);
  if (byKeys.size === 0 || rows.length * rows[0].keys.length < 2) {
    return undefined;
  }
  const { keys } = rows[0];
  const named = keys.slice(0, listedKeys).join(', ') + (keys.length > listedKeys ? ', …' : '');
  const left = lines.length - rows.length;
  return {
    text: only(
      text,
      start,
      rows.flatMap(({ values }) => values),
    ),
    notes: [
      `Columns: ${named}.`,
      ...(left > 0
        ? [`${left} line${left === 1 ? '' : 's'} without them ${left === 1 ? 'was' : 'were'} left out.`]
        : []),
    ],
  };
}

/** The keys of one line that have a number, and where those stand. */
function pairsIn(text: string, [start, end]: TextRange, numbers: NumberScanner): KeyedLine {
  const keys: string[] = [];
  const values: TextRange[] = [];
  for (const match of text.slice(start, end).matchAll(key)) {
    const valueStart = start + match.index + match[0].length;
    const valueEnd = numbers.read(valueStart);
    if (valueEnd > valueStart && valueEnd <= end) {
      keys.push(match[2]);
      values.push([valueStart, valueEnd]);
    }
  }
  return { keys, values };
}
