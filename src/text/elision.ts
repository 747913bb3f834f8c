import { Char, codeAt, isQuote, isWordPart } from './characters';
import { isOpener } from './brackets';

/**
 * The end of the `...` or `…` at an offset that stands for elements not shown. Before a name or a bracket the dots spread
 * what follows instead.
 *
 * @returns the offset itself if no such dots stand there
 */
export function elisionEnd(text: string, at: number): number {
  const end = codeAt(text, at) === Char.ellipsis ? at + 1 : text.startsWith('...', at) ? at + 3 : at;
  const next = codeAt(text, end);
  return isWordPart(next) || isOpener(next) || isQuote(next) || next === Char.dot ? at : end;
}
