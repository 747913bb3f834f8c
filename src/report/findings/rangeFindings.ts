import { squaresDeviations } from '../../norm/normSpec';
import { largestFinite, unitOf } from '../../norm/precision';
import { inRowOrder } from '../../norm/rowOrder';
import type { DType } from '../../tensor/dtype';
import { formatNumber } from '../../tensor/formatNumber';
import { roundTo } from '../../tensor/roundFloat';
import { formatShape } from '../../tensor/shape';
import { shownPlaces, type Finding } from './finding';
import { rowIndex, type NormSite } from './normSite';

/** E[x²] − E[x]² is off by about (mean / std)² roundoffs of the variance (Chan, Golub, LeVeque 1983); 1 % is seen in y. */
const visibleCancellation = 0.01;
/** Half of the smallest number of float16: what is not above it rounds to zero. */
const float16Vanishing = 2 ** -25;

/** Rows of one norm that a number format is too narrow for; all that is kept of the norm while the next ones are read. */
export interface SiteRange {
  /** Name of the input, and its dtype. */
  readonly name: string;
  readonly dtype: DType;
  readonly rows: number;
  /** Whose squares sum to more than the dtype of the input holds, by their indices. */
  readonly overflowing: readonly (readonly number[])[];
  /** Whose variance is lost in E[x²] − E[x]², were it taken in float32, or in float64 of a float64 input. */
  readonly cancelling: readonly (readonly number[])[];
  /** ε, where the file states one that float16 rounds to zero in a norm of float16 numbers. */
  readonly lostEps?: number;
  /** Whose variance rounds to zero in float16, where ε is lost. */
  readonly vanishing: readonly (readonly number[])[];
}

/** What the number formats in use do to the rows of a norm. */
export function rangeOf(site: NormSite): SiteRange {
  const { names, guessed, geometry, forward, normCase } = site;
  const { rows, cols } = geometry;
  const { spec, x } = normCase;
  const values = inRowOrder(geometry, site.x);
  const largest = largestFinite(x.dtype);
  const unit = Math.min(unitOf(x.dtype), unitOf('float32'));
  const where = (test: (row: number) => boolean) =>
    Array.from({ length: rows }, (_, row) => row)
      .filter(test)
      .map((row) => rowIndex(site, row));
  const sumOfSquares = (row: number) => {
    let sum = 0;
    for (let i = row * cols; i < (row + 1) * cols; i++) {
      sum += values[i] * values[i];
    }
    return sum;
  };
  const isHalf = x.dtype === 'float16' || spec.computeDtype === 'float16';
  const isLost = !guessed && isHalf && spec.eps > 0 && roundTo('float16')(spec.eps) === 0;
  const takesSquares = spec.kind !== 'dyt';
  return {
    name: names.tensors.x,
    dtype: x.dtype,
    rows,
    // A row that is not finite has its origin elsewhere.
    overflowing: takesSquares ? where((row) => Number.isFinite(forward.mean[row]) && sumOfSquares(row) > largest) : [],
    cancelling: squaresDeviations(spec)
      ? where(
          (row) =>
            forward.mean[row] ** 2 * unit > visibleCancellation * forward.variance[row] && forward.variance[row] > 0,
        )
      : [],
    lostEps: takesSquares && isLost ? spec.eps : undefined,
    vanishing: isLost ? where((row) => forward.variance[row] <= float16Vanishing) : [],
  };
}

/** One finding for each way in which a number format is too narrow, at the first norm it concerns. */
export function rangeFindings(sites: readonly SiteRange[]): Finding[] {
  return [...lostEps(sites), ...overflow(sites), ...cancellation(sites)];
}

function lostEps(sites: readonly SiteRange[]): Finding[] {
  const lost = sites.filter((site) => site.lostEps !== undefined);
  const [first] = [...lost.filter(({ vanishing }) => vanishing.length > 0), ...lost];
  if (first === undefined) {
    return [];
  }
  const isHit = first.vanishing.length > 0;
  return [
    {
      severity: isHit ? 'warning' : 'info',
      code: 'eps-vanishes',
      tensor: first.name,
      where: isHit ? { rows: first.vanishing.slice(0, shownPlaces) } : {},
      message:
        `ε ${formatNumber(first.lostEps!)} of the norm of ${first.name}${others(lost)} rounds to zero in float16, whose smallest number is ` +
        `6e-8: statistics taken in float16 divide by zero ` +
        (isHit
          ? `in ${first.vanishing.length} of ${first.rows} rows, first ${formatShape(first.vanishing[0])}.`
          : 'in any row that holds one value.'),
      advice: 'Take the statistics in float32, or use an ε of 1e-7 or more.',
    },
  ];
}

function overflow(sites: readonly SiteRange[]): Finding[] {
  const hit = sites.filter(({ overflowing }) => overflowing.length > 0);
  if (hit.length === 0) {
    return [];
  }
  const [{ name, dtype, rows, overflowing }] = hit;
  return [
    {
      severity: 'info',
      code: 'squares-overflow',
      tensor: name,
      where: { rows: overflowing.slice(0, shownPlaces) },
      message:
        `In ${overflowing.length} of ${rows} rows of ${name}${others(hit)} the squares sum to more than ${formatNumber(largestFinite(dtype))}, the ` +
        `largest ${dtype}: taken in it, the variance is Inf and nothing but the bias is left of the row. First row ${formatShape(overflowing[0])}.`,
      advice:
        dtype === 'float16'
          ? 'Take the statistics in float32, also where the model is exported, as to TensorRT or ONNX.'
          : 'Scale this tensor down, or its rows by their largest magnitude before they are squared.',
    },
  ];
}

function cancellation(sites: readonly SiteRange[]): Finding[] {
  const hit = sites.filter(({ cancelling }) => cancelling.length > 0);
  if (hit.length === 0) {
    return [];
  }
  const [{ name, dtype, rows, cancelling }] = hit;
  return [
    {
      severity: 'info',
      code: 'variance-cancellation',
      tensor: name,
      where: { rows: cancelling.slice(0, shownPlaces) },
      message:
        `In ${cancelling.length} of ${rows} rows of ${name}${others(hit)} the mean outweighs the deviations, first row ` +
        `${formatShape(cancelling[0])}: a variance taken as E[x²] − E[x]² in ${dtype === 'float64' ? 'float64' : 'float32'}, as by Flax and some fused kernels, is off by more than 1 %.`,
      advice: 'Use a kernel that subtracts the mean first, or Welford’s algorithm.',
    },
  ];
}

/** The end of a name that stands for several. */
function others(hit: readonly SiteRange[]): string {
  return hit.length === 1 ? '' : ` (and of ${hit.length - 1} other ${hit.length === 2 ? 'norm' : 'norms'})`;
}
