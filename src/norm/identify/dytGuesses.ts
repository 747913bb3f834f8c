import { toFloat64 } from '../../tensor/tensor';
import { fitAffine } from './fitAffine';
import { rowGeometry, type Geometry } from '../geometry';
import type { Guess, Guesses } from './guess';
import { bestScale } from './minimum';
import type { NormCase } from '../normCase';
import { defaultSpec } from '../normSpec';
import { layerAxesOf } from './normStructures';
import { featureCount, parametersOf, type Affine } from '../parameters';
import type { Precision } from '../precision';
import { RoundingNoise } from './roundingNoise';
import { inRowOrder } from '../rowOrder';

/** Exponents of ten between which α is looked for; its authors start from 0.2 to 0.8. */
const log10Alpha = { low: -3, high: 3, steps: 36 };
/** A straight line must come out worse by this factor; chance does not bring it. */
const clearly = 4;
/** So many values tell about where α is. */
const searchValues = 2 ** 13;
/** tanh takes no statistics whose rounding a row's size or mean could magnify. */
const offset = 2;

/**
 * y = tanh(α x) · weight + bias with the α of the case or a fitted one, under the weight and bias of the case, taken as none, or
 * else fitted. Of these nothing where x itself, scaled per feature, explains y: a small α shows no bend.
 */
export function dytGuesses(normCase: NormCase, precision: Precision): Guesses {
  const { x, output, weight, bias } = normCase;
  const { weight: knownWeight, bias: knownBias, alpha } = parametersOf(normCase);
  const noise = new RoundingNoise(precision);
  const guesses = layerAxesOf(normCase).flatMap((axes): Guess[] => {
    const spec = { ...defaultSpec('dyt'), axes, eps: 0 };
    const geometry = rowGeometry(spec, x.shape);
    const rows = finiteRows(geometry, toFloat64(x), toFloat64(output!));
    const features = featureCount(geometry);
    const asNone = {
      weight: knownWeight ?? new Float64Array(features).fill(1),
      bias: knownBias ?? new Float64Array(features),
    };
    const trials = [asNone, ...(weight && bias ? [] : [{ weight: knownWeight, bias: knownBias }])];
    return trials.flatMap((known): Guess[] => {
      const fitted = fittedAlpha(rows, known, noise, alpha?.[0]);
      const isStraight = known !== asNone && rows.fit(rows.x, known, noise).score <= clearly * fitted.score;
      if (isStraight || !fitted.isTold || !Number.isFinite(fitted.score)) {
        return [];
      }
      const { weight: scale, bias: shift, score } = fitted;
      return [
        {
          structure: { spec, geometry, affine: geometry },
          spec,
          biasApplied: true,
          recovered: known === asNone ? undefined : { weight: scale, bias: shift },
          alpha: fitted.alpha,
          score,
          rowsJudged: rows.count,
          rows: geometry.rows,
        },
      ];
    });
  });
  return { guesses };
}

type Rows = ReturnType<typeof finiteRows>;

function finiteRows(geometry: Geometry, ofX: Float64Array, ofY: Float64Array) {
  const { cols } = geometry;
  const [x, y] = [inRowOrder(geometry, ofX), inRowOrder(geometry, ofY)];
  const isFinite = (values: Float64Array, row: number) =>
    values.subarray(row * cols, (row + 1) * cols).every(Number.isFinite);
  const kept = Array.from({ length: geometry.rows }, (_, row) => row).filter(
    (row) => isFinite(x, row) && isFinite(y, row),
  );
  return { ...subset(kept), head: subset(kept.slice(0, Math.max(16, Math.ceil(searchValues / cols)))) };

  function subset(rows: readonly number[]) {
    const gathered = (values: Float64Array) => {
      const part = new Float64Array(rows.length * cols);
      rows.forEach((row, i) => part.set(values.subarray(row * cols, (row + 1) * cols), i * cols));
      return part;
    };
    const ofRows = {
      ...geometry,
      rows: rows.length,
      rowFeature: Uint32Array.from(rows, (row) => geometry.rowFeature[row]),
    };
    const values = gathered(y);
    const constant = {
      size: new Float64Array(rows.length),
      offset: new Float64Array(rows.length).fill(offset),
    };
    return {
      count: rows.length,
      x: gathered(x),
      fit: (normalized: Float64Array, known: Affine, noise: RoundingNoise) =>
        fitAffine(ofRows, normalized, values, constant, { known, hasBias: true }, noise),
    };
  }
}

function fittedAlpha(rows: Rows, known: Affine, noise: RoundingNoise, given: number | undefined) {
  const fit = (some: Omit<Rows, 'head'>, alpha: number) =>
    some.fit(
      some.x.map((value) => Math.tanh(alpha * value)),
      known,
      noise,
    );
  if (given !== undefined) {
    return { alpha: given, ...fit(rows, given) };
  }
  const { low, high, steps } = log10Alpha;
  const alpha = bestScale((trial) => fit(rows.head, trial).score, low, high, steps);
  return { alpha, ...fit(rows, alpha) };
}
