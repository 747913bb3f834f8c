import type { TensorRef } from '../../formats/dump';
import { presentValues } from '../../formats/presentValues';
import { readValues } from '../../formats/readValues';
import { largestFinite } from '../../norm/precision';
import { mergeMoments, momentsOf, type Moments } from '../../norm/moments';
import { quantiles } from '../../norm/quantiles';
import { toFloat64 } from '../../tensor/tensor';
import { elementCount, unravelIndex, type Shape } from '../../tensor/shape';
import { shownPlaces } from './finding';

/**
 * What one pass over a tensor finds of magnitudes and of values that are not finite. The lowest number of a dtype stands for
 * −Inf in attention masks; it has no part in the magnitudes.
 */
export interface TensorScan {
  readonly ref: TensorRef;
  readonly nan: NonFinite;
  readonly posInf: NonFinite;
  readonly negInf: NonFinite;
  /** Over all of it. */
  readonly moments: Moments;
  /** Rows of the last axis that are -Inf throughout, and how many. */
  readonly maskedRows: NonFinite;
  /** Over the finite values; 0 without any. */
  readonly absMax: number;
  /** Median of |x| over the finite values of the first stretch: an estimate for tensors longer than that. */
  readonly medianAbs: number;
  /** The first values beyond `massiveMagnitude`. */
  readonly large: readonly { readonly index: readonly number[]; readonly magnitude: number }[];
  /** Largest |x| of each index of the last axis, (features,). */
  readonly featureMax: Float64Array;
  /** Largest less smallest finite x of each index of the last axis, (features,); −Infinity without any. */
  readonly featureRange: Float64Array;
  /** Finite values over `outlierMagnitude` of each index of the last axis, (features,). */
  readonly featureOutliers: Uint32Array;
}

/** Values of one kind that is not finite, or rows of them. */
export interface NonFinite {
  readonly count: number;
  /** Indices of the first ones. */
  readonly first: readonly (readonly number[])[];
}

/** From where LLM.int8 (Dettmers et al. 2022, 2208.07339, section 4.1) counts an activation as an outlier. */
export const outlierMagnitude = 6;

/** Sun et al. 2024 (2402.17762, section 2): a massive activation exceeds 100, and about 1000 times the median. */
export const massiveMagnitude = 100;

/** Values read at a time. */
const chunkValues = 2 ** 20;

/** A tensor of larger numbers throughout has no massive ones among them. */
const maxLarge = 4096;

/**
 * Reads a tensor of real numbers once, a stretch at a time.
 *
 * @throws FormatError, LimitError if it cannot be read
 */
export async function scanTensor(ref: TensorRef, signal?: AbortSignal): Promise<TensorScan> {
  const { shape } = ref;
  const features = shape.at(-1) ?? 1;
  const total = elementCount(shape);
  const lows = new Float64Array(features).fill(Infinity);
  const highs = new Float64Array(features).fill(-Infinity);
  let moments = momentsOf([]);
  const featureOutliers = new Uint32Array(features);
  const lowest = -largestFinite(ref.dtype);
  const nonFinite = { nan: new Tally(), posInf: new Tally(), negInf: new Tally() };
  const maskedRows = new Tally();
  let masked = 0;
  const large: { index: number[]; magnitude: number }[] = [];
  let medianAbs = 0;
  for (let start = 0; start < total; start += chunkValues) {
    const end = Math.min(start + chunkValues, total);
    const { dtype } = ref;
    const values = toFloat64({
      name: '',
      dtype,
      shape: [end - start],
      values: await readValues(ref, start, end, signal),
    });
    for (let i = 0; i < values.length; i++) {
      const magnitude = Math.abs(values[i]);
      const feature = (start + i) % features;
      masked = feature === 0 ? 0 : masked;
      if (values[i] === lowest || ref.isMissing?.(start + i)) {
        continue;
      }
      if (magnitude < Infinity) {
        lows[feature] = Math.min(lows[feature], values[i]);
        highs[feature] = Math.max(highs[feature], values[i]);
        featureOutliers[feature] += magnitude >= outlierMagnitude ? 1 : 0;
        if (magnitude > massiveMagnitude && large.length < maxLarge) {
          large.push({ index: unravelIndex(start + i, shape), magnitude });
        }
      } else {
        const kind = Number.isNaN(magnitude) ? 'nan' : values[i] > 0 ? 'posInf' : 'negInf';
        nonFinite[kind].add(start + i);
        masked += kind === 'negInf' ? 1 : 0;
        if (masked === features) {
          maskedRows.add((start + i - feature) / features);
        }
      }
    }
    const present = presentValues(ref, values, start);
    moments = mergeMoments(moments, momentsOf(present));
    if (start === 0) {
      [medianAbs] = quantiles(present.map(Math.abs), [0.5]);
    }
  }
  const featureMax = highs.map((high, feature) => Math.max(0, high, -lows[feature]));
  const placesOf = ({ count, positions }: Tally, of: Shape = shape) => ({
    count,
    first: positions.map((i) => unravelIndex(i, of)),
  });
  return {
    ref,
    nan: placesOf(nonFinite.nan),
    posInf: placesOf(nonFinite.posInf),
    negInf: placesOf(nonFinite.negInf),
    maskedRows: placesOf(maskedRows, shape.slice(0, -1)),
    absMax: featureMax.reduce((a, b) => Math.max(a, b), 0),
    medianAbs,
    large,
    featureMax,
    featureRange: highs.map((high, feature) => high - lows[feature]),
    featureOutliers,
    moments,
  };
}

/** The first record of a log with NaN or Inf; 0 of what is no log. */
export function firstBadRecord({ ref, nan, posInf, negInf }: TensorScan): number {
  const records = [nan, posInf, negInf].flatMap(({ first }) => first.slice(0, 1).map(([record]) => record));
  return ref.isLog ? Math.min(...records) : 0;
}

/** Counts positions and keeps the first ones. */
class Tally {
  count = 0;
  readonly positions: number[] = [];

  add(position: number): void {
    if (this.count++ < shownPlaces) {
      this.positions.push(position);
    }
  }
}
