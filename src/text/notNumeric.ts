import { LiteralError } from '../tensor/errors';
import { closingEnd, isCloser, isOpener, stepOver } from './brackets';
import { Char, codeAt, isSpace } from './characters';
import { stringEnd } from './strings';

/** Units of the offending text that a message repeats. */
const shownLength = 24;

/** A complex number or, behind a real part, an imaginary one: of Python (`j`), MATLAB and R (`i`) or Julia (`im`). */
const complex = /(?:[-+]?[\d.]+(?:e[-+]?\d+)?\s*(?=[-+]))?[-+]?\s*[\d.]+(?:e[-+]?\d+)?\s*\*?\s*(?:[ijJ]|im)(?!\w)/y;

/** Whether a complex number, or the imaginary part of one, stands at an offset. */
export function isComplex(text: string, at: number): boolean {
  complex.lastIndex = at;
  return complex.test(text);
}

/** The error for what stands at an offset where a number should: it names the whole string, name, call or object. */
export function notNumeric(text: string, start: number): LiteralError {
  const end = elementEnd(text, start);
  if (codeAt(text, start) === Char.openBrace) {
    return new LiteralError('not_numeric', 'An object stands where a number should be.', start, end);
  }
  if (isComplex(text, start)) {
    const reason = 'Complex numbers are not read from text: keep their real or imaginary parts, or save them as .npy.';
    return new LiteralError('not_numeric', reason, start, end);
  }
  const found = text.slice(start, Math.min(end, start + shownLength)).replace(/[\uD800-\uDBFF]$/, '');
  const shown = found.replace(/\s+/g, ' ') + (end > start + shownLength ? '…' : '');
  const quoted = stringEnd(text, start) > start ? shown : `'${shown}'`;
  return new LiteralError('not_numeric', `${quoted} is not a number.`, start, end);
}

/** The end of an element that is none: up to white space, a comma or a closing bracket, brackets in it included. */
function elementEnd(text: string, start: number): number {
  let at = Math.max(stringEnd(text, start), start + 1);
  if (isOpener(codeAt(text, start))) {
    at = Math.max(closingEnd(text, start), at);
  }
  while (at < text.length) {
    const code = codeAt(text, at);
    if (isOpener(code)) {
      const end = closingEnd(text, at);
      if (end < 0) {
        return at;
      }
      at = end;
    } else if (code === Char.comma || isCloser(code) || isSpace(code)) {
      return at;
    } else {
      at = stepOver(text, at);
    }
  }
  return at;
}
