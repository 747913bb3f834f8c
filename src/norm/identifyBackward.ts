import { ShapeError } from '../tensor/errors';
import type { Shape } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';
import { backwardHypotheses, type BackwardHypothesis, type BackwardKind } from './backwardHypotheses';
import { explainCandidates } from './explainCandidates';
import { geometryOf, type Geometry } from './geometry';
import { CandidateTally, chooseCandidates, type ChosenCandidates, type GradientCandidate } from './gradientCandidate';
import { gradientLimit } from './gradientLimit';
import type { NormCase } from './normCase';
import { parametersOf } from './parameters';
import { precisionOf, type Precision } from './precision';
import { printedInputs } from './printedInputs';
import type { RowGradient } from './rowGradient';
import { inRowOrder, positionInX } from './rowOrder';

/** A way to differentiate a norm; `rmsError` is in units of each row's rstd · max|γ dy|. */
export type BackwardCandidate = GradientCandidate<BackwardKind>;

/** What x, dy and dx tell of the backward between them. */
export interface BackwardIdentification extends ChosenCandidates<BackwardKind> {
  /** `unknown` if nothing that was tried fits, or what fits has no name of its own. */
  readonly kind: BackwardKind;
  /** True unless one alone explains dx. */
  readonly ambiguous: boolean;
  /** Rows with a gradient to judge; the others hold NaN or Inf, or are constant with eps 0. */
  readonly rowsJudged: number;
  readonly rows: number;
  readonly explanation: string;
}

/**
 * Finds how an input gradient was computed from x and dy.
 *
 * Each way of `backwardHypotheses` is held against dx as it is and, where that fails, times the constant that brings it
 * nearest, with rows weighted by 1 / (rstd · max|γ dy|). An element may be off by the `gradientLimit` of the terms it is made of,
 * and by what rounding x, dy and γ in print can change of it.
 * What this dy leaves open (where all are ones, mean(g) = g) is reported as ambiguous.
 *
 * @throws ShapeError if the case has no gradOutput or gradInput, or a tensor does not fit
 */
export function identifyBackward(normCase: NormCase): BackwardIdentification {
  const { x, gradOutput, gradInput } = normCase;
  if (gradOutput === undefined || gradInput === undefined) {
    throw new ShapeError('The case has no gradient of its output and input to identify a backward from; name both.');
  }
  const geometry = geometryOf(normCase);
  const precision = precisionOf(gradInput);
  const hypotheses = backwardHypotheses(normCase.spec, geometry, parametersOf(normCase));
  const values = inRowOrder(geometry, toFloat64(x));
  const dy = inRowOrder(geometry, toFloat64(gradOutput));
  const rows = new GradientRows(
    geometry,
    x.shape,
    values,
    dy,
    inRowOrder(geometry, toFloat64(gradInput)),
    hypotheses[0].row,
    precision,
    printedInputs(normCase, geometry, values, dy)?.gradInput,
  );
  const single = hypotheses.filter(({ isPair }) => !isPair);
  const plain = rows.judge(single);
  const isExplained = plain.some(({ fits }) => fits);
  const tried = isExplained ? single : hypotheses;
  const { fitting, candidates } = chooseCandidates(
    isExplained ? plain : rows.judge(hypotheses),
    () => rows.judge(tried, rows.factors(tried)),
    rows.roundoff(),
  );
  const found = {
    kind: fitting.length > 0 ? fitting[0].kind : ('unknown' as const),
    fitting,
    candidates,
    ambiguous: fitting.length !== 1,
    rowsJudged: rows.judged,
    rows: geometry.rows,
  };
  return { ...found, explanation: explanationOf(found) };
}

function explanationOf(found: Omit<BackwardIdentification, 'explanation'>): string {
  const { rowsJudged, rows } = found;
  if (rowsJudged === 0) {
    return 'No row has a gradient to judge: x or gradOutput holds NaN or Inf, or gradOutput is zero.';
  }
  const ofRows = rowsJudged === rows ? '' : ` Only ${rowsJudged} of ${rows} rows could be judged.`;
  return `${explainCandidates(found)}${ofRows}`;
}

/** Walks the rows of a gradient on trial beside hypotheses. */
class GradientRows {
  /** Rows with a gradient. */
  judged = 0;
  private floor = 0;
  private readonly limit: number;

  constructor(
    private readonly geometry: Geometry,
    private readonly shape: Shape,
    private readonly x: Float64Array,
    private readonly gradOutput: Float64Array,
    private readonly found: Float64Array,
    /** Of the right gradient, whose terms errors are measured in. */
    private readonly right: RowGradient,
    private readonly precision: Precision,
    /** (rows, cols): how far each may be off besides, because its inputs were rounded in print. */
    private readonly printed: Float64Array | undefined,
  ) {
    this.limit = gradientLimit(precision.unit, geometry.cols);
  }

  /** The constant that brings each hypothesis nearest to the gradient: Σ w² dx p / Σ w² p². */
  factors(hypotheses: readonly BackwardHypothesis[]): number[] {
    const products = hypotheses.map(() => 0);
    const squares = hypotheses.map(() => 0);
    this.walk(hypotheses, (h, predicted, found, rowScale) => {
      products[h] += (predicted / rowScale) * (found / rowScale);
      squares[h] += (predicted / rowScale) ** 2;
    });
    return products.map((product, h) => (squares[h] > 0 ? product / squares[h] : 0));
  }

  /** The error of each hypothesis, times its factor if there is one. */
  judge(hypotheses: readonly BackwardHypothesis[], factors = hypotheses.map(() => 1)): BackwardCandidate[] {
    const tallies = factors.map(() => new CandidateTally(this.limit, this.shape));
    this.walk(hypotheses, (h, predicted, found, rowScale, errorScale, element) => {
      const expected = factors[h] * predicted;
      const scale = errorScale * Math.max(1, Math.abs(factors[h]));
      tallies[h].add(found, expected, rowScale, scale, positionInX(this.geometry, element));
    });
    return hypotheses.map(({ kind, words }, h) => tallies[h].candidate(kind, words, factors[h]));
  }

  /** A root mean square error that rounding explains whatever else fits. */
  roundoff(): number {
    return this.floor / this.judged;
  }

  private walk(
    hypotheses: readonly BackwardHypothesis[],
    visit: (
      hypothesis: number,
      predicted: number,
      found: number,
      rowScale: number,
      errorScale: number,
      element: number,
    ) => void,
  ): void {
    const { geometry, precision, printed, limit, right } = this;
    const distinct = new Set([right, ...hypotheses.map(({ row }) => row)]);
    const { rows, cols } = geometry;
    this.judged = 0;
    this.floor = 0;
    for (let number = 0; number < rows; number++) {
      for (const row of distinct) {
        row.enter(this.x, this.gradOutput, number);
      }
      const { rstd, varianceTerm, largestG, normalized } = right;
      const rowScale = rstd * largestG;
      if (!(rowScale > 0 && rowScale < Infinity && Number.isFinite(varianceTerm))) {
        continue;
      }
      this.judged++;
      const start = number * cols;
      const rounded = (c: number) => precision.quantum + (printed?.[start + c] ?? 0);
      let total = 0;
      for (let c = 0; c < cols; c++) {
        total += rounded(c);
      }
      this.floor += precision.unit / 2 + total / cols / rowScale;
      const offset = 1 + Math.abs(right.mean) * rstd;
      hypotheses.forEach(({ row, mean, variance, isUncentred }, h) => {
        const shift = isUncentred ? row.mean * row.rstd : 0;
        const ofMean = mean * row.rstd * row.plainMeanOfG;
        const ofVariance = variance * (row.varianceTerm + row.varianceFactor * shift * cols * row.plainMeanOfG);
        for (let c = 0; c < cols; c++) {
          const predicted = row.rstd * row.g[c] - ofMean - ofVariance * (row.spread[c] + shift);
          const errorScale = rowScale * (1 + Math.abs(normalized[c])) * offset + rounded(c) / limit;
          visit(h, predicted, this.found[start + c], rowScale, errorScale, start + c);
        }
      });
    }
  }
}
