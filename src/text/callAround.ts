import { isCloser, isOpener, stepOver } from './brackets';
import { codeAt } from './characters';

/** The call that an array is the first argument of, as `tensor(1e+03 * [[…]], device='cuda:0')`. */
export interface CallAround {
  /** Where its name starts. */
  readonly start: number;
  readonly name: string;
  /** What the numbers are to be multiplied by, 1 where nothing is said: PyTorch before 1.1 prints large ones so. */
  readonly factor: number;
  /** The arguments after the array, up to the closing parenthesis. */
  readonly otherArguments: string;
}

const opening = /([A-Za-z_]\w*(?:(?:\.|::)\w+)*)\(\s*(?:([\d.]+e[+-]?\d+) \*\s*)?$/;
/** Units looked at before the array for the opening, and after it for the other arguments. */
const lookedAt = 256;

/** The call around the array that stands at start..end of a text; undefined if it is not the first argument of one. */
export function callAround(text: string, start: number, end: number): CallAround | undefined {
  const found = opening.exec(text.slice(Math.max(0, start - lookedAt), start));
  if (!found) {
    return undefined;
  }
  const [opener, name, factor] = found;
  return {
    start: start - opener.length,
    name,
    factor: factor === undefined ? 1 : Number(factor),
    otherArguments: text.slice(end, closingFrom(text, end)),
  };
}

/** Where the bracket closes that is open at an offset; where looking ends, 256 units on, if it does not before. */
export function closingFrom(text: string, start: number): number {
  const bound = Math.min(text.length, start + lookedAt);
  let depth = 0;
  for (let at = start; at < bound; at = stepOver(text, at)) {
    const code = codeAt(text, at);
    if (isOpener(code)) {
      depth++;
    } else if (isCloser(code) && depth-- === 0) {
      return at;
    }
  }
  return bound;
}
