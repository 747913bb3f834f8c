import type { Geometry } from './geometry';
import type { NormStructure } from './normStructures';
import { RowNormalizer } from './rowNormalizer';

/**
 * The rows of x and y that tell something of the norm between them: those that hold no NaN or Inf and are not constant. One
 * normalization serves every eps, place and divisor.
 */
export class FiniteRows {
  /** Which rows of the structure they are. */
  readonly kept: readonly number[];
  /** √V of each, with divisor n. */
  readonly std: Float64Array;
  /** 2 + |mean| / √V of each: what its statistics' rounding grows with. */
  readonly offset: Float64Array;
  /** y, (rows, cols). */
  readonly y: Float64Array;
  /** c / √V, (rows, cols). */
  private readonly z: Float64Array;

  /**
   * @param x, y (rows, cols) of the structure
   * @param only the rows to look at; all unless given
   */
  constructor(
    private readonly structure: NormStructure,
    private readonly x: Float64Array,
    private readonly ofY: Float64Array,
    only?: readonly number[],
  ) {
    const { spec, geometry } = structure;
    const { cols } = geometry;
    const candidates = only ?? Array.from({ length: geometry.rows }, (_, row) => row);
    const z = new Float64Array(candidates.length * cols);
    const y = new Float64Array(candidates.length * cols);
    const offset: number[] = [];
    const std: number[] = [];
    const normalizer = new RowNormalizer({ ...spec, eps: 0, epsPlace: 'inside', divisor: 'n' }, cols);
    this.kept = candidates.filter((row) => {
      const start = std.length * cols;
      normalizer.normalize(x, row * cols, z, start);
      const ofRow = ofY.subarray(row * cols, (row + 1) * cols);
      if (!(normalizer.variance > 0 && normalizer.variance < Infinity) || !ofRow.every(Number.isFinite)) {
        return false;
      }
      y.set(ofRow, start);
      std.push(Math.sqrt(normalizer.variance));
      offset.push(2 + Math.abs(normalizer.mean) / std[std.length - 1]);
      return true;
    });
    this.z = z.subarray(0, this.kept.length * cols);
    this.y = y.subarray(0, this.kept.length * cols);
    this.std = Float64Array.from(std);
    this.offset = Float64Array.from(offset);
  }

  /** Their geometry, as if there were no other rows. */
  get geometry(): Pick<Geometry, 'rows' | 'cols' | 'affineShape' | 'rowFeature' | 'colFeature'> {
    const { geometry } = this.structure;
    const rowFeature = Uint32Array.from(this.kept, (row) => geometry.rowFeature[row]);
    return { ...geometry, rows: this.kept.length, rowFeature };
  }

  /**
   * x̂ = c / D, (rows, cols).
   *
   * @param denominators D of each row
   */
  normalized(denominators: Float64Array): Float64Array {
    const { z, std } = this;
    const { cols } = this.structure.geometry;
    const normalized = new Float64Array(z.length);
    for (let row = 0, i = 0; row < std.length; row++) {
      const factor = std[row] / denominators[row];
      for (let c = 0; c < cols; c++, i++) {
        normalized[i] = z[i] * factor;
      }
    }
    return normalized;
  }

  /**
   * About so many values, in rows evenly spread over their variances, since those of the smallest and largest show eps; all
   * where there are no more.
   */
  spread(values: number): FiniteRows {
    const { kept, std, structure } = this;
    const count = Math.max(16, Math.ceil(values / structure.geometry.cols));
    if (kept.length <= count) {
      return this;
    }
    const byStd = kept.map((row, i) => ({ row, std: std[i] })).sort((a, b) => a.std - b.std);
    const step = (byStd.length - 1) / (count - 1);
    const rows = Array.from({ length: count }, (_, i) => byStd[Math.round(i * step)].row).sort((a, b) => a - b);
    return new FiniteRows(structure, this.x, this.ofY, rows);
  }
}
