import { featuresInRows } from './featuresInRows';
import type { NormStructure } from './normStructures';
import type { NormParameters } from '../parameters';
import { someRowFeatures, type RowFeatures } from './rowFeatures';
import { RowNormalizer } from '../rowNormalizer';
import { inRowOrder } from '../rowOrder';
import { rowOf } from '../rowValues';

/** Rows that a sample has at least. */
const minRows = 16;

/**
 * The rows of x and y that tell something of the norm between them: those that hold no NaN or Inf and are not constant. One
 * normalization serves every eps, place and divisor.
 */
export class FiniteRows {
  private constructor(
    readonly structure: NormStructure,
    /** Of what is held here: fewer rows, and maybe columns, than the structure has. */
    readonly geometry: RowFeatures,
    /** Which rows of the structure they are. */
    readonly kept: readonly number[],
    /** √V of each, with divisor n. */
    readonly std: Float64Array,
    /** 2 + |mean| / √V of each: what its statistics' rounding grows with. */
    readonly offset: Float64Array,
    /** c / √V and y, (rows, cols). */
    readonly z: Float64Array,
    readonly y: Float64Array,
    /** Which features of the structure the geometry counts; all unless given. */
    private readonly features?: Uint32Array,
  ) {}

  /**
   * @param x, y       in C order
   * @param parameters where the norm holds running statistics
   * @param maxValues  about so many values are looked at, in evenly spread rows; all unless given
   */
  static of(
    structure: NormStructure,
    x: Float64Array,
    y: Float64Array,
    parameters: NormParameters,
    maxValues = Infinity,
  ): FiniteRows {
    const { spec, geometry } = structure;
    const { rows, cols, rowFeature } = geometry;
    const step = Math.max(1, Math.floor(rows / Math.max(minRows, maxValues / cols)));
    const sampled = Uint32Array.from({ length: Math.ceil(rows / step) }, (_, i) => i * step);
    const [rowsOfX, rowsOfY] = [inRowOrder(geometry, x, sampled), inRowOrder(geometry, y, sampled)];
    const z = new Float64Array(rowsOfX.length);
    const ofY = new Float64Array(rowsOfX.length);
    const offset: number[] = [];
    const std: number[] = [];
    const kept: number[] = [];
    const normalizer = new RowNormalizer({ ...spec, eps: 0, epsPlace: 'inside', divisor: 'n' }, cols, parameters);
    sampled.forEach((row, i) => {
      const start = kept.length * cols;
      normalizer.turnTo(rowFeature[row]);
      normalizer.normalize(rowsOfX, i * cols, z, start);
      const { variance, mean } = normalizer;
      const values = rowOf(rowsOfY, geometry, i);
      if (variance > 0 && variance < Infinity && isFinite(values) && isFinite(z.subarray(start, start + cols))) {
        ofY.set(values, start);
        kept.push(row);
        std.push(Math.sqrt(variance));
        offset.push(2 + Math.abs(mean) / Math.sqrt(variance));
      }
    });
    const count = kept.length * cols;
    return new FiniteRows(
      structure,
      { ...geometry, rows: kept.length, rowFeature: Uint32Array.from(kept, (row) => rowFeature[row]) },
      kept,
      Float64Array.from(std),
      Float64Array.from(offset),
      z.subarray(0, count),
      ofY.subarray(0, count),
    );
  }

  /**
   * x̂ = c / D, (rows, cols).
   *
   * @param denominators D of each row
   */
  normalized(denominators: Float64Array): Float64Array {
    const { z, std } = this;
    const { cols } = this.geometry;
    const normalized = new Float64Array(z.length);
    for (let row = 0, i = 0; row < std.length; row++) {
      const factor = std[row] / denominators[row];
      for (let c = 0; c < cols; c++, i++) {
        normalized[i] = z[i] * factor;
      }
    }
    return normalized;
  }

  /** What a weight or bias, (features,), has for each value, (rows, cols). */
  ofFeatures(features: Float64Array): Float64Array {
    return featuresInRows(this.structure, features, this.kept);
  }

  /** A weight or bias of the structure, (features,), for the features that are held here. */
  held(features: Float64Array): Float64Array {
    return this.features ? Float64Array.from(this.features, (feature) => features[feature]) : features;
  }

  /**
   * So many rows, evenly spread over their variances, since those of the smallest and largest show eps, and of each so many values;
   * all where there are no more. Statistics remain those of the whole rows, so that this tells the norm as they do.
   */
  spread(maxRows: number, maxCols = Infinity): FiniteRows {
    const { structure, geometry, std, kept, offset } = this;
    const rows = Math.min(std.length, maxRows);
    const cols = Math.min(geometry.cols, maxCols);
    if (rows === std.length && cols === geometry.cols) {
      return this;
    }
    const byStd = Uint32Array.from(std.keys()).sort((a, b) => std[a] - std[b]);
    const chosen = places(rows, std.length)
      .map((place) => byStd[place])
      .sort();
    const columns = places(cols, geometry.cols);
    const gathered = (values: Float64Array) => {
      const part = new Float64Array(rows * cols);
      chosen.forEach((row, r) =>
        columns.forEach((column, c) => {
          part[r * cols + c] = values[row * geometry.cols + column];
        }),
      );
      return part;
    };
    const { geometry: ofSample, features } = someRowFeatures(geometry, chosen, columns);
    return new FiniteRows(
      structure,
      ofSample,
      Array.from(chosen, (row) => kept[row]),
      Float64Array.from(chosen, (row) => std[row]),
      Float64Array.from(chosen, (row) => offset[row]),
      gathered(this.z),
      gathered(this.y),
      features,
    );
  }
}

/** Of `total` places so many, from the first to the last. */
function places(count: number, total: number): Uint32Array {
  const step = (total - 1) / Math.max(1, count - 1);
  return Uint32Array.from({ length: count }, (_, i) => Math.round(i * step));
}

function isFinite(values: Float64Array): boolean {
  for (const value of values) {
    if (value - value !== 0) {
      return false;
    }
  }
  return true;
}
