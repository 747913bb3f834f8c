import { isCentred, type NormSpec } from './normSpec';
import { featureCount, heldStatistics, scaleOf, type NormParameters } from './parameters';
import { RowGradient } from './rowGradient';
import type { Geometry } from './geometry';

/** What an input gradient turns out to be, in the words of the CLI. */
export type BackwardKind =
  'full' | 'naive' | 'mean-only' | 'variance-only' | 'uncentered' | 'scaled' | 'no-weight' | 'weight-twice' | 'unknown';

/** One way, right or wrong, to differentiate a norm by its input. */
export interface BackwardHypothesis {
  readonly kind: BackwardKind;
  /** What it is, to be read after “It is”. */
  readonly words: string;
  /** Entered on each row in turn; may be shared by several hypotheses. */
  readonly row: RowGradient;
  /** What the terms through the mean and through the variance are multiplied by: 0 where they are missing. */
  readonly mean: number;
  readonly variance: number;
  /** True of two mistakes at once, which are thought of only where one does not explain the gradient. */
  readonly isPair?: boolean;
  /** Whether x̂ is taken without subtracting the mean: x · rstd. */
  readonly isUncentred?: boolean;
}

/** Values that two mistakes at once may be read off. */
const minValues = 32;

/**
 * The right input gradient, first, and the wrong ones that people write, the likelier before the rarer.
 *
 * All are sums of rstd · g, −rstd · mean(g) and −x̂ · k · Σ g x̂, with terms left out or their means left as sums, with g = dy or γ² dy in place of
 * γ dy, or with x in place of x − mean. Where no term has a mistake of its own (running statistics, dyt) only those of g are left.
 *
 * @throws ShapeError if the weight does not fit
 */
export function backwardHypotheses(
  spec: NormSpec,
  geometry: Geometry,
  parameters: NormParameters,
): BackwardHypothesis[] {
  const { cols } = geometry;
  const right = new RowGradient(spec, geometry, parameters);
  const of = (kind: BackwardKind, words: string, row = right, mean = 1, variance = 1) => ({
    kind,
    words,
    row,
    mean: row.centred ? mean : 0,
    variance,
  });
  const withWeight = (weight: Float64Array | undefined) => new RowGradient(spec, geometry, { ...parameters, weight });
  const scale = scaleOf(spec, featureCount(geometry), parameters);
  const isScaled = scale.some((value) => value !== 1);
  const mistakes = termMistakes();
  const weights = [
    { kind: 'no-weight', words: 'with the weight γ left out', row: withWeight(undefined) },
    { kind: 'weight-twice', words: 'with the weight γ applied twice', row: withWeight(squaredWeight(spec, scale)) },
  ] as const;
  return [
    of('full', 'the right gradient'),
    ...mistakes,
    ...(isScaled
      ? [
          ...weights.map(({ kind, words, row }) => of(kind, `the gradient ${words}`, row)),
          // Two mistakes at once, named by that of the terms; to fewer values one of them fits by chance.
          ...(geometry.rows * geometry.cols < minValues ? [] : weights).flatMap(({ words, row }) =>
            mistakes
              .filter((mistake) => mistake.row === right && mistake.kind !== 'unknown')
              .map((mistake) => ({ ...mistake, isPair: true, words: `${mistake.words}, and ${words}`, row })),
          ),
        ]
      : []),
  ];

  function termMistakes(): BackwardHypothesis[] {
    if (spec.kind === 'dyt') {
      return [];
    }
    if (heldStatistics(spec, parameters)) {
      const training = new RowGradient({ ...spec, training: true }, geometry, parameters);
      return [of('unknown', 'the gradient of training, through the batch’s own mean and variance', training)];
    }
    if (!isCentred(spec.kind)) {
      return [
        of('naive', 'the gradient with the mean square held constant', right, 0, 0),
        of('unknown', 'the gradient with the sum in place of the mean of g x̂', right, 0, cols),
        { ...of('unknown', 'the gradient with a mean correction, which this norm does not have'), mean: 1 },
      ];
    }
    const uncentred = new RowGradient({ ...spec, kind: 'rms_norm' }, geometry, parameters);
    const rmsWords = 'the gradient of an RMSNorm: nothing is centred';
    return [
      of('naive', 'the gradient with mean and variance held constant', right, 0, 0),
      of('mean-only', 'the gradient without the variance correction: only the mean is differentiated', right, 1, 0),
      of('variance-only', 'the gradient without the mean correction: only the variance is differentiated', right, 0, 1),
      of('uncentered', rmsWords, uncentred),
      { ...of('uncentered', 'the gradient with x in place of x − mean', uncentred), mean: 1 },
      {
        ...of('uncentered', 'the gradient with x · rstd in place of x̂: the mean is not subtracted'),
        isUncentred: true,
      },
      of('unknown', 'the gradient with sums in place of the means of g and g x̂', right, cols, cols),
    ];
  }
}

/** A weight that scales by γ² where the spec adds its offset. */
function squaredWeight({ weightOffset }: NormSpec, scale: Float64Array): Float64Array {
  return scale.map((value) => value * value - weightOffset);
}
