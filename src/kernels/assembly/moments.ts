import { momentsBase } from './scratch';

/**
 * Counts and central moments of some values, the moments over the finite ones. Two live in scratch memory: of the block
 * that was read last, and of the row so far.
 */
@unmanaged
export class Moments {
  finite: f64;
  nan: f64;
  posInf: f64;
  negInf: f64;
  zero: f64;
  min: f64;
  max: f64;
  /** Σ x: the mean of a row comes from it, since for float32 it is exact wherever float64 can hold it. */
  sum: f64;
  /**
   * mean − origin, the origin being the first value of the row: means of blocks that hardly differ are subtracted in
   * merging, which would leave nothing of the digits that a rounded mean has lost.
   */
  offset: f64;
  /** Σ (x − mean)², and to the third and fourth power. */
  m2: f64;
  m3: f64;
  m4: f64;

  /** Makes these the moments of no values. */
  clear(): void {
    this.finite = 0;
    this.nan = 0;
    this.posInf = 0;
    this.negInf = 0;
    this.zero = 0;
    this.min = Infinity;
    this.max = -Infinity;
    this.sum = 0;
    this.offset = 0;
    this.m2 = 0;
    this.m3 = 0;
    this.m4 = 0;
  }

  /** Sets the central moments from sums of powers of d = x − k about some k near the values: s1 = Σ d, s2 = Σ d², … */
  centre(s1: f64, s2: f64, s3: f64, s4: f64): void {
    const shift = s1 / this.finite;
    this.m2 = Math.max(0, s2 - shift * s1);
    this.m3 = s3 - 3 * shift * s2 + 2 * shift * shift * s1;
    this.m4 = Math.max(0, s4 - 4 * shift * s3 + 6 * shift * shift * s2 - 3 * shift * shift * shift * s1);
  }

  /** Adds the moments of other values (Chan, Golub and LeVeque, 1979; Pébay, Sandia report SAND2008-6212). */
  merge(other: Moments): void {
    this.nan += other.nan;
    this.posInf += other.posInf;
    this.negInf += other.negInf;
    if (other.finite == 0) {
      return;
    }
    this.zero += other.zero;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
    this.sum += other.sum;
    const n = this.finite + other.finite;
    const share = this.finite / n;
    const otherShare = other.finite / n;
    const delta = other.offset - this.offset;
    const delta2 = delta * delta;
    const between = this.finite * otherShare * delta;
    this.m4 +=
      other.m4 +
      between * delta * delta2 * (share * share - share * otherShare + otherShare * otherShare) +
      6 * delta2 * (share * share * other.m2 + otherShare * otherShare * this.m2) +
      4 * delta * (share * other.m3 - otherShare * this.m3);
    this.m3 +=
      other.m3 + between * delta2 * (share - otherShare) + 3 * delta * (share * other.m2 - otherShare * this.m2);
    this.m2 += other.m2 + between * delta;
    this.offset += delta * otherShare;
    this.finite = n;
  }
}

/** Of the block that was read last. */
export const block = changetype<Moments>(momentsBase);

/** Of the row so far. */
export const row = changetype<Moments>(momentsBase + offsetof<Moments>());
