import { dtypes, type DType, type Values } from '../tensor/dtype';
import { binaryScale } from './binaryScale';
import type { Tolerance } from './closeness';
import { unitOf } from './precision';

/** How two tensors of one shape differ; b is the reference. Sums are over the places where both are finite. */
export interface Difference {
  /** Numbers compared; a complex value is two. */
  readonly count: number;
  /** Places where both hold the same number, where −0 is 0 and one NaN like the other. */
  readonly equal: number;
  /** Places outside the tolerance, those included where one is NaN or infinite and the other is something else. */
  readonly beyond: number;
  readonly nan: { readonly a: number; readonly b: number };
  readonly inf: { readonly a: number; readonly b: number };
  /** Places where one is NaN or infinite and the other is something else. */
  readonly maskMismatches: number;
  /** Largest |a − b|. */
  readonly maxAbs: number;
  /** `maxAbs` / largest |b|: relative to the scale of the reference, since a quotient of small numbers says little. */
  readonly maxRel: number;
  /** ‖a − b‖ / ‖b‖. */
  readonly relL2: number;
  /** ⟨a, b⟩ / (‖a‖ ‖b‖), at most 1; NaN where a norm is zero. A wrong scale does not show in it. */
  readonly cosine: number;
  /** Largest |a − b| in units of the last place of b in the coarser dtype, where |b| is over a tenth of its row's largest. */
  readonly maxUlp: number;
  /** The first mismatch of NaN or Inf, else the place of `maxAbs`, by C-order position; absent without values. */
  readonly worst?: { readonly position: number; readonly a: number; readonly b: number };
}

/** Smaller numbers of a row are off by many units of their own last place in any sum that is right. */
const ulpShare = 0.1;

/** Compares two tensors, a stretch of values at a time. */
export class TensorDifference {
  private count = 0;
  private equal = 0;
  private beyond = 0;
  private maskMismatches = 0;
  private readonly nan = { a: 0, b: 0 };
  private readonly inf = { a: 0, b: 0 };
  private readonly squares = { a: 0, b: 0, difference: 0, product: 0 };
  private maxAbs = 0;
  private maxReference = 0;
  private maxUlp = 0;
  private worst: Difference['worst'];
  private readonly unit: number;
  /** Whole numbers are one unit of the last place apart from the next. */
  private readonly isWhole: boolean;
  /** Numbers of one value. */
  private readonly parts: 1 | 2;

  /** @param cols values in a row of the last axis, which `maxUlp` is relative to */
  constructor(
    dtypeA: DType,
    dtypeB: DType,
    private readonly tolerance: Tolerance,
    private readonly cols: number,
  ) {
    this.unit = Math.max(unitOf(dtypeA), unitOf(dtypeB));
    this.isWhole = [dtypeA, dtypeB].every((dtype) => ['int', 'bool'].includes(dtypes[dtype].kind));
    this.parts = dtypes[dtypeB].kind === 'complex' ? 2 : 1;
  }

  /**
   * Adds the next values, whole rows unless a row is longer than a stretch. Both are of equal length, and either both
   * complex or none.
   */
  add(a: Values, b: Values): void {
    const numbersA = numbersOf(a);
    const numbersB = numbersOf(b);
    const exact = integerDifferences(a, b);
    const rowLength = this.cols * this.parts;
    for (let start = 0; start < a.length; start += rowLength) {
      const end = Math.min(start + rowLength, a.length);
      const ulpFloor = ulpShare * largest(numbersB, start, end);
      for (let i = start; i < end; i++, this.count++) {
        const [x, y] = [numbersA[i], numbersB[i]];
        if (Number.isFinite(x) && Number.isFinite(y)) {
          this.addFinite(x, y, exact ? exact[i] : x - y, ulpFloor);
        } else {
          this.addOther(x, y);
        }
      }
    }
  }

  /** What was found so far. */
  result(): Difference {
    const { squares, maxAbs } = this;
    const ratio = (part: number, whole: number) => (part === 0 ? 0 : part / whole);
    return {
      count: this.count,
      equal: this.equal,
      beyond: this.beyond,
      nan: { ...this.nan },
      inf: { ...this.inf },
      maskMismatches: this.maskMismatches,
      maxAbs,
      maxRel: ratio(maxAbs, this.maxReference),
      relL2: ratio(Math.sqrt(squares.difference), Math.sqrt(squares.b)),
      cosine: Math.min(1, squares.product / (Math.sqrt(squares.a) * Math.sqrt(squares.b))),
      maxUlp: this.maxUlp,
      worst: this.worst,
    };
  }

  private addFinite(a: number, b: number, difference: number, ulpFloor: number): void {
    const distance = Math.abs(difference);
    const size = Math.abs(b);
    this.squares.a += a * a;
    this.squares.b += b * b;
    this.squares.product += a * b;
    this.maxReference = Math.max(this.maxReference, size);
    if (distance > this.maxAbs || this.worst === undefined) {
      this.maxAbs = Math.max(this.maxAbs, distance);
      this.worst = this.maskMismatches > 0 ? this.worst : this.placeOf(a, b);
    }
    if (distance === 0) {
      this.equal++;
      return;
    }
    this.squares.difference += distance * distance;
    this.beyond += distance > this.tolerance.atol + this.tolerance.rtol * size ? 1 : 0;
    if (size > ulpFloor) {
      this.maxUlp = Math.max(this.maxUlp, this.isWhole ? distance : distance / (binaryScale(size) * 2 * this.unit));
    }
  }

  private addOther(a: number, b: number): void {
    this.nan.a += Number.isNaN(a) ? 1 : 0;
    this.nan.b += Number.isNaN(b) ? 1 : 0;
    this.inf.a += Math.abs(a) === Infinity ? 1 : 0;
    this.inf.b += Math.abs(b) === Infinity ? 1 : 0;
    if (Object.is(a, b)) {
      this.equal++;
      return;
    }
    this.beyond++;
    if (this.maskMismatches++ === 0) {
      this.worst = this.placeOf(a, b);
    }
  }

  private placeOf(a: number, b: number) {
    return { position: Math.floor(this.count / this.parts), a, b };
  }
}

type BigIntValues = BigInt64Array | BigUint64Array;

function isBigInt(values: Values): values is BigIntValues {
  return values instanceof BigInt64Array || values instanceof BigUint64Array;
}

function numbersOf(values: Values): Exclude<Values, BigIntValues> {
  return isBigInt(values) ? Float64Array.from(values, Number) : values;
}

/** a − b of 64-bit integers, which beyond 2^53 may differ and yet round to the same float64; undefined for others. */
function integerDifferences(a: Values, b: Values): Float64Array | undefined {
  return isBigInt(a) && isBigInt(b) ? Float64Array.from(a, (value, i) => Number(value - b[i])) : undefined;
}

function largest(values: ArrayLike<number>, start: number, end: number): number {
  let max = 0;
  for (let i = start; i < end; i++) {
    const size = Math.abs(values[i]);
    max = size > max && size < Infinity ? size : max;
  }
  return max;
}
