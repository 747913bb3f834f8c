import type { NormCase } from '../normCase';
import type { NormSpec } from '../normSpec';
import type { NormStructure } from './normStructures';
import { featureCount, parametersOf, scaleOf } from '../parameters';

/** A convention, and how well it makes y from x. */
export interface Guess {
  readonly structure: NormStructure;
  readonly spec: NormSpec;
  /** False if y leaves out the bias that the case has. */
  readonly biasApplied: boolean;
  /** Weight and bias, (features,), where one or both were fitted because nobody gave them; what is known stands as it is. */
  readonly recovered?: { readonly weight: Float64Array; readonly bias: Float64Array };
  /** α of a dyt, where it was fitted. */
  readonly alpha?: number;
  /** Root mean square of the residual in units of what rounding explains. */
  readonly score: number;
  /** Rows that could be judged, of how many; the others hold NaN or Inf, or are constant. */
  readonly rowsJudged: number;
  readonly rows: number;
}

/** y as x or x − mean times one factor in all rows, then weight and bias: nothing is normalized. */
export interface PlainScaling {
  readonly structure: NormStructure;
  /** Absent where the weight is unknown, which takes it up. */
  readonly factor?: number;
}

/** What was tried, and whether it takes a norm at all. */
export interface Guesses {
  readonly guesses: readonly Guess[];
  readonly plain?: PlainScaling;
}

/** What x̂ is multiplied by and what is added, (features,). */
export function affineOf(
  normCase: NormCase,
  { structure, spec, biasApplied, recovered }: Pick<Guess, 'structure' | 'spec' | 'biasApplied' | 'recovered'>,
): { scale: Float64Array; shift: Float64Array } {
  const { weight, bias } = recovered ?? parametersOf(normCase);
  const features = featureCount(structure.affine);
  return { scale: scaleOf(spec, features, { weight }), shift: (biasApplied && bias) || new Float64Array(features) };
}
