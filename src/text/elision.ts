import { Char, codeAt, isQuote, isWordPart } from './characters';
import { skipTrivia } from './trivia';
import { isOpener } from './brackets';

/** The dots for what is not shown, and how many that is as Node prints it. */
const dots = /(?:\.\.\.|…)(?: \d+ more items?)?/y;

/**
 * The end of the `...`, `…` or `... 9 more items` at an offset that stands for elements not shown. Before a name or a bracket the dots spread
 * what follows instead.
 *
 * @returns the offset itself if no such dots stand there
 */
export function elisionEnd(text: string, at: number): number {
  dots.lastIndex = at;
  const end = dots.test(text) ? dots.lastIndex : at;
  const next = codeAt(text, end);
  return isWordPart(next) || isOpener(next) || isQuote(next) || next === Char.dot ? at : end;
}

/** The end of the dots at an offset that gdb prints right after the last number it shows, before a brace; the offset itself if none do. */
export function cutEnd(text: string, at: number): number {
  return text.startsWith('...', at) && codeAt(text, skipTrivia(text, at + 3)) === Char.closeBrace ? at + 3 : at;
}

/** Whether the dots at an offset end their line, as MATLAB's do where a row goes on; a comment may follow them. */
export function endsWithDots(text: string, at: number): boolean {
  return /^\.\.\.[^\S\r\n]*(?:%[^\r\n]*)?[\r\n]/.test(text.slice(at, at + 256));
}

/** How many elements the array that ends at an offset leaves out at its end, where the dots tell. */
export function leftOutBefore(text: string, end: number): number | undefined {
  const count = /(?:\.\.\.|…) (\d+) more items?\s*\]$/.exec(text.slice(Math.max(0, end - 64), end))?.[1];
  return count === undefined ? undefined : Number(count);
}
