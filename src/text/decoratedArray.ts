import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import type { BareText } from './bareText';
import { inContext } from './inContext';
import { keyedNumbers } from './keyValues';
import { withoutPrefixes } from './linePrefixes';
import { tryRead } from './refusal';
import { selectedArray } from './selectedArray';
import { tableNumbers } from './tables';

/** Units of the longest selection that is tried: every line of it is taken apart. */
const maxLength = 2 * 1024 * 1024;

/**
 * What tools put around numbers, tried in this order: the same before every line, which may leave any array; keys, whose
 * values would look like a table's; at last a table, which takes names of rows for granted. Each overwrites all else with
 * spaces, so that the readers of arrays read what is left, and places stay places of the text.
 */
const decorations: readonly ((selected: string, start: number) => BareText | undefined)[] = [
  withoutPrefixes,
  keyedNumbers,
  tableNumbers,
];

/**
 * The array in a selection that is none as it stands: amid a log's or a diff's prefixes, keys, or in a table. What was left
 * out is said in its notes. Pointed at, not selected, nothing tells where such an array ends.
 *
 * @param selected cut off where the selection ends
 * @param start    where it starts
 * @returns undefined if it is nothing of the kind, or too long to be tried
 * @throws  LiteralError if it holds both sides of a diff
 */
export function decoratedArray(selected: string, start: number, limits: LiteralLimits): ArrayLiteral | undefined {
  if (selected.length - start > maxLength || !/\d/.test(selected.slice(start))) {
    return undefined;
  }
  for (const decoration of decorations) {
    const bare = decoration(selected, start);
    const array = bare && tryRead(() => inContext(bare.text, bare.array ?? selectedArray(bare.text, start, limits)));
    if (array && !(array instanceof LiteralError)) {
      const { truncated = array.truncated } = bare;
      const notes = [...bare.notes, ...(array.notes ?? [])];
      return {
        ...array,
        start: selected.length - selected.slice(start).trimStart().length,
        end: selected.trimEnd().length,
        ...(notes.length > 0 && { notes }),
        ...(truncated && { truncated }),
      };
    }
  }
  return undefined;
}
