import { roundTo, type FloatDtype } from '../../tensor/roundFloat';
import { toFloat64 } from '../../tensor/tensor';
import { denominatorOf } from './denominators';
import { FiniteRows } from './finiteRows';
import { affineOf, type Guess } from './guess';
import type { NormCase } from '../normCase';
import type { NormStructure } from './normStructures';
import { heldStatistics, parametersOf } from '../parameters';

/** So many values tell conventions apart by their bits, in so many rows at the least. */
const comparedValues = 2 ** 16;
const minRows = 16;
/** Float32 statistics shift few values across a rounding boundary; beyond this share something else is at work. */
const mostDiffering = 0.2;
/** A guess is kept up to twice the best count, and a share and a few values more, which chance may bring. */
const spareShare = 2e-3;
const spareValues = 8;

/**
 * Of guesses whose differences drown in the rounding of each value, keeps those whose y, rounded to half precision, is the one
 * found in as many values as that of the best of them.
 *
 * @param dtype of y; undefined for float32 and wider, whose bits depend on the order of every sum
 * @returns     `share` is how many values, of all, come out bit by bit; 0 without guesses, 1 where that was not looked at
 */
export function agreeingGuesses(
  normCase: NormCase,
  guesses: readonly Guess[],
  dtype: FloatDtype | undefined,
): { agreeing: readonly Guess[]; share: number } {
  const parameters = parametersOf(normCase);
  const isSkipped = ({ spec, recovered }: Guess) =>
    spec.kind === 'dyt' || recovered !== undefined || heldStatistics(spec, parameters) !== undefined;
  if (dtype === undefined || guesses.some(isSkipped)) {
    return { agreeing: guesses, share: 1 };
  }
  const rowsOf = new Map<NormStructure, FiniteRows>();
  for (const { structure } of guesses) {
    const { cols } = structure.geometry;
    const rows =
      rowsOf.get(structure) ??
      FiniteRows.of(structure, toFloat64(normCase.x), toFloat64(normCase.output!), parameters).spread(
        Math.max(minRows, Math.ceil(comparedValues / cols)),
      );
    rowsOf.set(structure, rows);
  }
  const shares = guesses.map((guess) => {
    const rows = rowsOf.get(guess.structure)!;
    return differing(rows, normCase, guess, dtype) / rows.y.length;
  });
  const least = Math.min(1, ...shares);
  if (least > mostDiffering) {
    return { agreeing: guesses, share: 1 - least };
  }
  const agreeing = guesses.filter((guess, i) => {
    const spare = spareShare + spareValues / rowsOf.get(guess.structure)!.y.length;
    return shares[i] <= 2 * least + spare;
  });
  return { agreeing, share: 1 - least };
}

/** How many values of y differ from those of a guess, rounded once at the end or after each step (Llama), whichever are fewer. */
function differing(rows: FiniteRows, normCase: NormCase, guess: Guess, dtype: FloatDtype): number {
  const { cols } = guess.structure.geometry;
  const affine = affineOf(normCase, guess);
  const [scale, shift] = [rows.ofFeatures(affine.scale), rows.ofFeatures(affine.shift)];
  const normalized = rows.normalized(rows.std.map((std) => denominatorOf(guess.spec, std, cols)));
  const round = roundTo(dtype);
  const { y } = rows;
  let once = 0;
  let stepwise = 0;
  for (let i = 0; i < y.length; i++) {
    once += round(normalized[i] * scale[i] + shift[i]) === y[i] ? 0 : 1;
    stepwise += round(round(round(normalized[i]) * scale[i]) + shift[i]) === y[i] ? 0 : 1;
  }
  return Math.min(once, stepwise);
}
