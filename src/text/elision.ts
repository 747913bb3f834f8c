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

/** Whether the dots at an offset end their line, as MATLAB's do where a row goes on; a comment may follow them. */
export function endsWithDots(text: string, at: number): boolean {
  return /^\.\.\.[^\S\r\n]*(?:%[^\r\n]*)?[\r\n]/.test(text.slice(at, at + 256));
}
