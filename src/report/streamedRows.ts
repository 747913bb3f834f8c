import type { TensorRef } from '../formats/dump';
import { rowGeometry, type Geometry } from '../norm/geometry';
import { isCentred, squaresDeviations, type NormKind, type NormSpec } from '../norm/normSpec';
import type { Shape } from '../tensor/shape';
import type { NormedRows } from './normedRows';
import { markRows, type RowMarks } from './rowMarks';
import type { RowMoments } from './rowMoments';
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

/** Kinds whose x̂ has moments that follow from those of x. */
const followable: ReadonlySet<NormKind> = new Set(['layer_norm', 'rms_norm']);

/** Whether mean and variance of the rows of x̂ are known from those of x alone. */
export function followsFromMoments({ kind, computeDtype, partial }: NormSpec): boolean {
  return followable.has(kind) && computeDtype === 'float64' && (kind !== 'rms_norm' || partial === 1);
}

/**
 * Rows of a tensor too large to be held, known by their moments alone.
 *
 *   mean(x̂) = 0 (layer_norm) or mean / D (rms_norm),  variance(x̂) = variance / D²
 *
 * with D as in `RowNormalizer`.
 */
export class StreamedRows implements NormedRows {
  readonly isStreamed = true;
  readonly geometry: Geometry;
  readonly before: RowMoments;
  readonly variance: Float64Array;
  readonly normalized: Pick<RowMoments, 'mean' | 'variance'>;

  private keptMarks?: RowMarks;

  /**
   * @param spec of a kind that `followsFromMoments`
   * @throws ShapeError if the spec does not fit the shape
   */
  constructor(
    readonly spec: NormSpec,
    readonly shape: Shape,
    private readonly all: AllRows,
    readonly hasBias: boolean,
  ) {
    this.geometry = rowGeometry(spec, shape);
    const { rows, cols } = this.geometry;
    const { nan, posInf, negInf, mean, scale, m2, sumSquares } = all.columns;
    this.before = { mean: new Float64Array(rows), variance: new Float64Array(rows), stats: all.stats };
    this.normalized = { mean: new Float64Array(rows), variance: new Float64Array(rows) };
    this.variance = new Float64Array(rows);
    const centred = isCentred(spec.kind);
    const deviates = squaresDeviations(spec);
    const divisor = spec.divisor === 'n' ? cols : cols - 1;
    for (let row = 0; row < rows; row++) {
      const sum = notFiniteSum(nan[row], posInf[row], negInf[row]);
      const isFinite = sum === undefined;
      const unit = scale[row] ** 2;
      this.before.mean[row] = sum ?? mean[row];
      this.before.variance[row] = isFinite ? (m2[row] / cols) * unit : NaN;
      this.variance[row] = isFinite ? ((deviates ? m2[row] : sumSquares[row]) / divisor) * unit : NaN;
      const deviation = denominator(spec, this.variance[row]);
      this.normalized.mean[row] = isFinite && centred ? 0 / deviation : this.before.mean[row] / deviation;
      this.normalized.variance[row] = this.before.variance[row] / deviation ** 2;
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
}

/** What a sum of values with so many NaN and infinities comes to; undefined if there are none. */
function notFiniteSum(nan: number, posInf: number, negInf: number): number | undefined {
  if (nan > 0 || (posInf > 0 && negInf > 0)) {
    return NaN;
  }
  return posInf > 0 ? Infinity : negInf > 0 ? -Infinity : undefined;
}

function denominator({ eps, epsPlace }: NormSpec, variance: number): number {
  switch (epsPlace) {
    case 'inside':
      return Math.sqrt(variance + eps);
    case 'outside':
      return Math.sqrt(variance) + eps;
    default:
      return Math.max(Math.sqrt(variance), eps);
  }
}
