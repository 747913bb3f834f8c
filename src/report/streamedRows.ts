import type { TensorRef } from '../formats/dump';
import { denominator } from '../norm/denominator';
import { requireLength, rowExtent, type RowExtent } from '../norm/geometry';
import { isCentred, squaresDeviations, trailingAxes, type NormSpec } from '../norm/normSpec';
import { featureCount, heldStatistics, scaleOf, type NormParameters } from '../norm/parameters';
import type { Shape } from '../tensor/shape';
import type { NormedRows } from './normedRows';
import { markRows, type RowMarks } from './rowMarks';
import { rowMoments, type RowMoments } from './rowMoments';
import type { TensorStats } from './tensorStats';

/** Moments of every row of a tensor that is not read as a whole; each column (rows,), over finite values. */
export interface AllRows {
  readonly columns: Readonly<
    Record<'nan' | 'posInf' | 'negInf' | 'mean' | 'scale' | 'm2' | 'sumSquares', Float64Array>
  >;
  readonly stats: TensorStats;
}

/**
 * Takes the moments of every row of a tensor, of any size.
 *
 * @param axes the axes that a row runs along
 * @throws InputError if the tensor cannot be read; the signal's reason once it is aborted
 */
export type ReadAllRows = (
  ref: TensorRef,
  axes: readonly number[],
  options: { signal: AbortSignal; onBytes(bytes: number): void },
) => Promise<AllRows>;

/** Reads the values from `row · length` on, as many. */
export type ReadRow = (row: number, length: number, signal: AbortSignal) => Promise<Float64Array>;

/** Rows of more values are not read again for their y: there may be some thousand of them. */
const maxReadLength = 2 ** 13;

/** Why mean and variance of the rows of x̂ are not known from those of x alone; undefined where they are. */
export function whyNotStreamed({ kind, computeDtype, partial }: NormSpec): string | undefined {
  if (kind === 'dyt') {
    return 'the mean of tanh(α x) does not follow from that of x';
  }
  if (kind === 'rms_norm' && partial < 1) {
    return 'what a part of a row comes to does not follow from the whole row';
  }
  return computeDtype === 'float64'
    ? undefined
    : `what ${computeDtype} makes of a row does not follow from its exact mean and variance`;
}

type RowAfter = Pick<RowMoments, 'mean' | 'variance'>;

/**
 * Rows of a tensor too large to be held, known by their moments alone.
 *
 *   mean(x̂) = (mean − m) / D,  variance(x̂) = variance / D²
 *
 * with D as in `RowNormalizer`, and m what is subtracted: the mean itself (so that the mean of x̂ is 0), nothing, or a running
 * mean. Where γ and β are the same throughout a row, those of y follow likewise; else rows are read again for it.
 */
export class StreamedRows implements NormedRows {
  readonly note?: string;
  readonly geometry: RowExtent;
  readonly before: RowMoments;
  readonly variance: Float64Array;
  readonly normalized: RowAfter;
  readonly output?: RowAfter;
  readonly readOutput?: NormedRows['readOutput'];
  readonly hasBias: boolean;

  private keptMarks?: RowMarks;

  /**
   * @param spec    one that nothing speaks against: see `whyNotStreamed`
   * @param readRow for the y of rows whose γ and β differ within them
   * @throws        ShapeError if the spec does not fit the shape, or running statistics do not fit the channels
   */
  constructor(
    readonly spec: NormSpec,
    shape: Shape,
    private readonly all: AllRows,
    private readonly parameters: NormParameters,
    readRow?: ReadRow,
  ) {
    this.geometry = rowExtent(spec, shape);
    const { rows, cols } = this.geometry;
    const features = featureCount(this.geometry);
    const held = heldStatistics(spec, parameters);
    requireLength('runningMean', held?.mean, features);
    requireLength('runningVar', held?.variance, features);
    const { nan, posInf, negInf, mean, scale, m2, sumSquares } = all.columns;
    this.before = { mean: new Float64Array(rows), variance: new Float64Array(rows), stats: all.stats };
    this.normalized = { mean: new Float64Array(rows), variance: new Float64Array(rows) };
    this.variance = new Float64Array(rows);
    const centred = isCentred(spec.kind);
    const deviates = squaresDeviations(spec);
    const isNorm = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
    const divisor = isNorm ? 1 : spec.divisor === 'n' ? cols : cols - 1;
    for (let row = 0; row < rows; row++) {
      const sum = notFiniteSum(nan[row], posInf[row], negInf[row]);
      const isFinite = sum === undefined;
      const unit = scale[row] ** 2;
      this.before.mean[row] = sum ?? mean[row];
      this.before.variance[row] = isFinite ? (m2[row] / cols) * unit : NaN;
      const own = isFinite ? ((deviates ? m2[row] : sumSquares[row]) / divisor) * unit : NaN;
      this.variance[row] = held ? held.variance[row % features] : own;
      const deviation = denominator(spec, this.variance[row]);
      const subtracted = held ? held.mean[row % features] : isFinite && centred ? mean[row] : 0;
      this.normalized.mean[row] = (this.before.mean[row] - subtracted) / deviation;
      this.normalized.variance[row] = this.before.variance[row] / deviation ** 2;
    }
    this.hasBias = parameters.bias !== undefined;
    if (isConstantInRows(spec)) {
      this.output = affineOf(this.normalized, scaleOf(spec, features, parameters), parameters.bias);
    } else if (parameters.weight !== undefined || this.hasBias) {
      if (readRow !== undefined && cols <= maxReadLength && runInRows(spec, cols, parameters)) {
        this.readOutput = (some, signal) => this.outputOf(some, readRow, signal);
      } else {
        this.note = 'All rows of this tensor were read for their moments; after normalization is x̂, without γ and β.';
      }
    }
  }

  get marks(): RowMarks {
    return (this.keptMarks ??= markRows(this));
  }

  notFinite(row: number): { isNaN: boolean; words: string } | undefined {
    const { nan, posInf, negInf } = this.all.columns;
    const infinite = posInf[row] + negInf[row];
    const parts = [nan[row] > 0 ? `${nan[row]} NaN` : '', infinite > 0 ? `${infinite} Inf` : ''].filter(Boolean);
    return parts.length === 0 ? undefined : { isNaN: nan[row] > 0, words: parts.join(' and ') };
  }

  firstValue(row: number): number {
    return this.before.mean[row];
  }

  private async outputOf(rows: Uint32Array, readRow: ReadRow, signal: AbortSignal): Promise<RowAfter> {
    const { spec, parameters, before, geometry } = this;
    const { cols } = geometry;
    const scale = scaleOf(spec, cols, parameters);
    const mean = new Float64Array(rows.length);
    const variance = new Float64Array(rows.length);
    for (const [i, row] of rows.entries()) {
      const values = await readRow(row, cols, signal);
      const subtracted = isCentred(spec.kind) ? before.mean[row] : 0;
      const deviation = denominator(spec, this.variance[row]);
      const y = values.map((x, c) => ((x - subtracted) / deviation) * scale[c] + (parameters.bias?.[c] ?? 0));
      const moments = rowMoments(y, { rows: 1, cols });
      mean[i] = moments.mean[0];
      variance[i] = moments.variance[0];
    }
    return { mean, variance };
  }
}

/** Whether γ and β run along each row, and the rows follow each other in C order. */
function runInRows({ kind, axes }: NormSpec, cols: number, { weight, bias }: NormParameters): boolean {
  return (
    (kind === 'layer_norm' || kind === 'rms_norm') &&
    trailingAxes(axes.length).join() === axes.join() &&
    [weight, bias].every((values) => values === undefined || values.length === cols)
  );
}

/** Whether all values of a row have the same γ and β: those of its channel, or the one of scale_norm. */
function isConstantInRows({ kind }: NormSpec): boolean {
  return kind === 'batch_norm' || kind === 'instance_norm' || kind === 'scale_norm';
}

/** Moments of the rows of γ x̂ + β, row r with γ and β number r modulo their length. */
function affineOf({ mean, variance }: RowAfter, weight: Float64Array, bias?: Float64Array): RowAfter {
  const features = weight.length;
  return {
    mean: mean.map((value, row) => value * weight[row % features] + (bias?.[row % features] ?? 0)),
    variance: variance.map((value, row) => value * weight[row % features] ** 2),
  };
}

/** What a sum of values with so many NaN and infinities comes to; undefined if there are none. */
function notFiniteSum(nan: number, posInf: number, negInf: number): number | undefined {
  if (nan > 0 || (posInf > 0 && negInf > 0)) {
    return NaN;
  }
  return posInf > 0 ? Infinity : negInf > 0 ? -Infinity : undefined;
}
