import type { ArrayLiteral } from './arrayLiteral';
import { boundedElements } from './boundedElements';

const count = /^;\s*(\d[\d_]*)(?:usize)?\s*\]/;
/** What stands before an array only in Rust, up to its bracket. */
const rust = /(?:\bvec!|\b(?:let|const|static)\b[^;]*[=&]\s*)$/;

/**
 * Rust's array of one value over and over, `[0.5f32; 4]`. In MATLAB the same text is a column of two, so that the value's
 * suffix or what stands before must be Rust's.
 *
 * @param start     where the bracket opens
 * @param value     the value before the semicolon
 * @param semicolon where that stands
 * @returns undefined if it is something else
 * @throws  LiteralError if it stands for too many elements
 */
export function rustRepeat(
  text: string,
  start: number,
  { value, dtype }: Pick<ArrayLiteral, 'dtype'> & { value: number },
  semicolon: number,
): ArrayLiteral | undefined {
  const match = count.exec(text.slice(semicolon, semicolon + 64));
  if (!match || (dtype === undefined && !rust.test(text.slice(Math.max(0, start - 128), start)))) {
    return undefined;
  }
  const end = semicolon + match[0].length;
  const length = boundedElements(Number(match[1].replaceAll('_', '')), start, end);
  return {
    start,
    end,
    shape: [length],
    values: new Float64Array(length).fill(value),
    rowOffsets: Uint32Array.of(start, end),
    ...(dtype && { dtype }),
  };
}
