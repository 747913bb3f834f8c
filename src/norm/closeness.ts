import { dtypes, type DType } from '../tensor/dtype';
import { unitOf } from './precision';

/** By how much a value may differ from its reference: |a − b| ≤ atol + rtol · |b|, b the reference. */
export interface Tolerance {
  readonly atol: number;
  readonly rtol: number;
}

/** The defaults of torch.testing.assert_close (1.13 to 2.13 alike); dtypes not listed are compared exactly. */
const assertClose: Partial<Record<DType, Tolerance>> = {
  float16: { rtol: 1e-3, atol: 1e-5 },
  bfloat16: { rtol: 1.6e-2, atol: 1e-5 },
  float32: { rtol: 1.3e-6, atol: 1e-5 },
  float64: { rtol: 1e-7, atol: 1e-7 },
  complex64: { rtol: 1.3e-6, atol: 1e-5 },
  complex128: { rtol: 1e-7, atol: 1e-7 },
};

const exact: Tolerance = { atol: 0, rtol: 0 };

/** What assert_close allows between two dtypes: the looser of both. */
export function toleranceOf(a: DType, b: DType): Tolerance {
  const [ofA, ofB] = [assertClose[a] ?? exact, assertClose[b] ?? exact];
  return { atol: Math.max(ofA.atol, ofB.atol), rtol: Math.max(ofA.rtol, ofB.rtol) };
}

/**
 * Roundoffs of its format that a tensor may be off by, of its largest value and of its norm, and still be the same
 * computation. Rounding grows with the square root of the depth: a transformer of 6 blocks in bfloat16 is off by
 * 3.8 roundoffs at most (test/fixtures/dumps/compare), so that 16 are those of about 100 blocks.
 */
const roundoffs = 16;

/** float8 resolves so little that 16 roundoffs of it would pass anything. */
const coarsestUnit = 2 ** -8;

/**
 * How far rounding alone may drive two tensors apart, relative to the reference's largest value and norm.
 *
 * @param unit roundoff of the coarsest format in either computation so far
 * @returns    zero for integers, whose results are exact, and for float8
 */
export function roundingLimit(a: DType, b: DType, unit: number): number {
  const isRounded = [a, b].every(
    (dtype) => ['float', 'complex'].includes(dtypes[dtype].kind) && unitOf(dtype) <= coarsestUnit,
  );
  return isRounded ? roundoffs * Math.min(unit, coarsestUnit) : 0;
}
