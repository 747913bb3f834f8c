import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import type { BareText } from './bareText';
import { isOpener } from './brackets';
import { codeAt } from './characters';
import { inContext } from './inContext';
import { keyedNumbers } from './keyValues';
import { withoutPrefixes } from './linePrefixes';
import { tryRead } from './refusal';
import { selectedArray } from './selectedArray';
import { tableNumbers } from './tables';
import { tooLong } from './tooLong';
import { skipTrivia } from './trivia';

/** Units of the longest selection that is tried: every line of it is taken apart. */
const maxLength = 2 * 1024 * 1024;

/**
 * The array in a selection that is none as it stands: amid a log's or a diff's prefixes, keys, or in a table. What was left
 * out is said in its notes. Pointed at, not selected, nothing tells where such an array ends.
 *
 * @param selected cut off where the selection ends
 * @param start    where it starts
 * @returns undefined if it is nothing of the kind, or opens with a bracket and is too long to be tried
 * @throws  LiteralError if it holds both sides of a diff; LimitError if it is too long to be tried
 */
export function decoratedArray(selected: string, start: number, limits: LiteralLimits): ArrayLiteral | undefined {
  const isLong = selected.length - start > maxLength;
  if (!/\d/.test(selected.slice(start)) || (isLong && isOpener(codeAt(selected, skipTrivia(selected, start))))) {
    return undefined;
  }
  if (isLong) {
    throw tooLong('table', { maxLength });
  }
  for (const bare of bareTexts(selected, start)) {
    const array = bare && tryRead(() => inContext(bare.text, bare.array ?? selectedArray(bare.text, start, limits)));
    if (array && !(array instanceof LiteralError)) {
      const { truncated = array.truncated } = bare;
      const notes = [...bare.notes, ...(array.notes ?? [])];
      return {
        ...array,
        // An empty cell may stand between tabs.
        start: Math.max(start, Math.min(array.start, selected.length - selected.slice(start).trimStart().length)),
        end: Math.max(array.end, selected.trimEnd().length),
        ...(notes.length > 0 && { notes }),
        ...(truncated && { truncated }),
      };
    }
  }
  return undefined;
}

/**
 * A selection without what tools put around numbers. Each overwrites that with spaces, so that the readers of arrays read
 * what is left, and places stay places of the text.
 *
 * The same before every line comes first, since it may leave any array; then keys, whose values would look like a table's; at
 * last a table, which takes names of rows for granted.
 */
function* bareTexts(selected: string, start: number): Generator<BareText | undefined, void> {
  const bare = withoutPrefixes(selected, start);
  yield bare;
  yield keyedNumbers(selected, start);
  const table = bare && tableNumbers(bare.text, start);
  yield table && { ...table, notes: [...bare.notes, ...table.notes] };
  yield tableNumbers(selected, start);
}
