import { ShapeError } from '../../tensor/errors';
import { formatShape } from '../../tensor/shape';
import { toFloat64 } from '../../tensor/tensor';
import { explainIdentification } from './explainIdentification';
import { fittingGuesses } from './fittingGuesses';
import { forward } from '../forward';
import { affineOf, type Guess } from './guess';
import type { NormCase } from '../normCase';
import { normStructures } from './normStructures';
import { parametersOf } from '../parameters';
import { precisionOf } from '../precision';
import { searchGuesses } from './searchGuesses';
import { spreadFeatures } from '../spreadFeatures';

/** A convention and how well it makes y from x. */
export interface Candidate extends Omit<Guess, 'structure'> {
  /** Over the rows where x and y are finite. */
  readonly maxAbsError: number;
  /** ‖y − ŷ‖ / ‖y‖ over the same rows. */
  readonly relError: number;
}

/** What x and y tell of the norm between them. */
export interface Identification {
  /** Absent if no convention tried explains y to rounding. */
  readonly best?: Candidate;
  /** Nearest first; those that explain y before those that do not. */
  readonly candidates: readonly Candidate[];
  /** True unless one convention alone explains y. */
  readonly ambiguous: boolean;
  readonly explanation: string;
}

const shownCandidates = 12;

/**
 * Finds which convention made y from x, given the weight and bias. An absent one is taken as none and, where that explains
 * nothing, recovered from the data.
 *
 * Tried are the structures of `normStructures`, with eps inside, outside and as a clamp, divisor n and n − 1, weight and 1 + weight, and the bias left
 * out; eps is tried at the values that libraries use, and fitted where none of them explains y. A convention is taken to explain y if
 * its residual is that of rounding and at most twice the smallest one; all that do are kept apart from the rest, and
 * more than one make the answer ambiguous.
 *
 * @throws ShapeError if the case has no y, or a tensor does not fit
 */
export function identify(normCase: NormCase): Identification {
  const { x, output } = normCase;
  if (output === undefined) {
    throw new ShapeError('The case has no output y to identify a norm from; name one.');
  }
  if (formatShape(output.shape) !== formatShape(x.shape)) {
    throw new ShapeError(`y has shape ${formatShape(output.shape)}, but x is ${formatShape(x.shape)}.`);
  }
  const structures = normStructures(normCase);
  if (structures.usual.length + structures.unusual.length === 0) {
    throw new ShapeError(
      `x has shape ${formatShape(x.shape)}, and no axes of it that a weight or bias of the given shape could run along.`,
    );
  }
  const precision = precisionOf(output);
  const search = searchGuesses(normCase, precision, structures);
  const { fitting, others } = fittingGuesses(normCase, precision, search, structures);
  const candidates = [...fitting, ...others].slice(0, shownCandidates).map((guess) => measured(normCase, guess));
  return {
    best: fitting.length > 0 ? candidates[0] : undefined,
    candidates,
    ambiguous: fitting.length !== 1,
    explanation: explainIdentification(normCase, candidates, fitting, search.plain),
  };
}

/** A case with the α that was fitted to it, for what is computed from it next. */
export function withFittedAlpha(normCase: NormCase, best: Candidate | undefined): NormCase {
  return best?.alpha === undefined
    ? normCase
    : { ...normCase, alpha: { name: 'alpha', dtype: 'float64', shape: [], values: Float64Array.of(best.alpha) } };
}

function measured(normCase: NormCase, { structure, ...guess }: Guess): Candidate {
  const { x, output } = normCase;
  const affine = affineOf(normCase, { ...guess, structure });
  const [scale, shift] = [affine.scale, affine.shift].map((features) => spreadFeatures(structure.affine, features));
  const { runningMean, runningVar, alpha } = parametersOf(normCase);
  const ownAlpha = guess.alpha === undefined ? alpha : Float64Array.of(guess.alpha);
  const { normalized } = forward(guess.spec, x.shape, toFloat64(x), { runningMean, runningVar, alpha: ownAlpha });
  let maxAbsError = 0;
  let squares = 0;
  let total = 0;
  const y = toFloat64(output!);
  for (let i = 0; i < y.length; i++) {
    const error = Math.abs(y[i] - normalized[i] * scale[i] - shift[i]);
    if (Number.isFinite(error)) {
      maxAbsError = Math.max(maxAbsError, error);
      squares += error * error;
      total += y[i] * y[i];
    }
  }
  return { ...guess, maxAbsError, relError: total > 0 ? Math.sqrt(squares / total) : Math.sqrt(squares) };
}
