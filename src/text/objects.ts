import { defaultLimits, type LiteralLimits, type LiteralObject } from './arrayLiteral';
import { isOpener, stepOver } from './brackets';
import { Char, codeAt } from './characters';
import { enclosingBrackets, insideTouched } from './enclosingBrackets';
import { mayBeObject, readObject } from './objectReader';
import { tooLong } from './tooLong';

/**
 * The innermost mapping around an offset, such as a JSON object or a Python dict, that has an array of numbers among its
 * entries. Entries that are neither arrays of numbers nor numbers are left out.
 *
 * @returns undefined if there is none
 * @throws  LiteralError if an array in it is ragged or unbalanced; LimitError if it is too long
 */
export function objectAt(text: string, offset: number, limits: Partial<LiteralLimits> = {}): LiteralObject | undefined {
  const bounds = { ...defaultLimits, ...limits };
  const cursor = insideTouched(text, offset, '{');
  const scope = { text, from: Math.max(0, cursor - bounds.maxLength), signal: bounds.signal };
  let tried = 0;
  for (const bracket of enclosingBrackets(scope, cursor)) {
    if (!mayBeObject(text, bracket)) {
      continue;
    }
    const object = readObject(text, bracket, bounds);
    if (object && object.end >= cursor && hasArray(object)) {
      return object;
    }
    if (++tried === bounds.maxDepth) {
      return undefined;
    }
  }
  return undefined;
}

/**
 * The mapping that a selection holds: exactly one that has an array of numbers, also with text around it.
 *
 * @param start offset of the selection's start
 * @param end   and of its end
 * @returns undefined if the selection is something else
 * @throws  LiteralError if an array in it is ragged or unbalanced; LimitError if the selection is too long
 */
export function objectIn(
  text: string,
  start: number,
  end: number,
  limits: Partial<LiteralLimits> = {},
): LiteralObject | undefined {
  const bounds = { ...defaultLimits, ...limits };
  if (end - start > bounds.maxLength) {
    throw tooLong('selection', bounds);
  }
  const selected = text.slice(0, end);
  const brace = nextOpener(selected, start);
  if (!mayBeObject(selected, brace)) {
    return undefined;
  }
  const object = readObject(selected, brace, bounds);
  return object && hasArray(object) && nextOpener(selected, object.end) === end ? object : undefined;
}

/** The next `{` or `[` from an offset on, outside of strings and comments; parentheses may stand around a mapping. */
function nextOpener(text: string, at: number): number {
  while (at < text.length) {
    const code = codeAt(text, at);
    if (isOpener(code) && code !== Char.openParenthesis) {
      return at;
    }
    at = stepOver(text, at);
  }
  return text.length;
}

function hasArray({ entries }: LiteralObject): boolean {
  return Array.from(entries.values()).some((entry) => typeof entry !== 'number');
}
