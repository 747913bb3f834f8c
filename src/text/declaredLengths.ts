import { lineStart } from './sourceLine';

/** A type, a name and its lengths as C declares them, or a `std::array`. In other languages `t[3] = {…}` sets an element. */
const declaration =
  /(?:[\w>*&]\s+|[*&])\w+\s*((?:\[\d*\])+)\s*(?:[A-Z_]+\s*)?=?\s*$|\barray<[^<>]+,\s*(\d+)>(?:\s*\w+)?\s*=?\s*$/;

/** Units looked at before a brace. */
const lookedAt = 128;

/**
 * The lengths that C declares the array with whose brace opens at an offset, as `float w[2][3] = {`; 0 for one that is left
 * to the initializer.
 *
 * @returns undefined where no such declaration stands before the brace
 */
export function declaredLengths(text: string, brace: number): readonly number[] | undefined {
  const from = Math.max(0, brace - lookedAt);
  const [, lengths, length] = declaration.exec(text.slice(lineStart(text, brace, from), brace)) ?? [];
  return length === undefined ? lengths?.slice(1, -1).split('][').map(Number) : [Number(length)];
}
