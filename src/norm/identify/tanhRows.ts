import { fitAffine, type FittedAffine } from './fitAffine';
import type { Geometry } from '../geometry';
import type { RowFeatures } from './rowFeatures';
import type { Affine } from '../parameters';
import type { RoundingNoise } from './roundingNoise';
import { inRowOrder } from '../rowOrder';
import { rowOf, takeRows } from '../rowValues';

/** tanh takes no statistics whose rounding a row's size or mean could magnify. */
const offset = 2;

/** The rows of x and y that hold no NaN or Inf, to which weight and bias of a dyt are fitted. */
export class TanhRows {
  private constructor(
    private readonly geometry: RowFeatures,
    /** (rows, cols) */
    readonly x: Float64Array,
    private readonly y: Float64Array,
  ) {}

  /** @param x, y in C order */
  static of(geometry: Geometry, x: Float64Array, y: Float64Array): TanhRows {
    const [ofX, ofY] = [inRowOrder(geometry, x), inRowOrder(geometry, y)];
    const finite = Array.from({ length: geometry.rows }, (_, row) => row).filter((row) =>
      [ofX, ofY].every((values) => rowOf(values, geometry, row).every(Number.isFinite)),
    );
    return new TanhRows(geometry, ofX, ofY).taken(finite);
  }

  get count(): number {
    return this.geometry.rows;
  }

  /** The first rows, of about so many values. */
  first(values: number): TanhRows {
    const { rows, cols } = this.geometry;
    const count = Math.min(rows, Math.max(16, Math.ceil(values / cols)));
    return this.taken(Array.from({ length: count }, (_, row) => row));
  }

  /** Fits what is unknown of weight and bias to tanh(α x), or to x itself where there is no α. */
  fit(alpha: number | undefined, known: Affine, noise: RoundingNoise): FittedAffine {
    const { geometry, x, y } = this;
    const normalized = alpha === undefined ? x : x.map((value) => Math.tanh(alpha * value));
    const constant = { size: new Float64Array(this.count), offset: new Float64Array(this.count).fill(offset) };
    return fitAffine(geometry, normalized, y, constant, { known, hasBias: true }, noise);
  }

  private taken(rows: readonly number[]): TanhRows {
    const { geometry, x, y } = this;
    const rowFeature = Uint32Array.from(rows, (row) => geometry.rowFeature[row]);
    return new TanhRows(
      { ...geometry, rows: rows.length, rowFeature },
      takeRows(x, geometry, rows),
      takeRows(y, geometry, rows),
    );
  }
}
