import { epsPlaces } from './alternatives';
import { denominatorOf, usualDenominators, type Denominator } from './denominators';
import type { FiniteRows } from './finiteRows';
import { fitAffine, type FittedAffine } from './fitAffine';
import { bestScale } from './minimum';
import { isCentred, type NormSpec } from '../normSpec';
import type { Affine } from '../parameters';
import type { Precision } from '../precision';
import { explainedScore, hopelessScore, RoundingNoise, statisticsUnit } from './roundingNoise';

/** Weight and bias that bring a norm of x nearest to y. */
export interface RecoveredSpec extends FittedAffine {
  readonly spec: NormSpec;
}

/** What is found of a structure whose weight or bias nobody gave. */
export interface Recovery {
  readonly specs: readonly RecoveredSpec[];
  /** True if rows all scaled alike explain y as well: a weight and bias may do that by themselves, and no norm shows. */
  readonly isPlain: boolean;
}

/** So many rows, and values of each, tell which eps are worth a fit of all, and so many where to look for an unusual one. */
const head = { rows: 256, values: 2 ** 13 };
const search = { rows: 128, values: 2 ** 12 };
/** Rows all scaled alike must come out worse than the norm by this factor; chance does not bring it. */
const clearly = 4;
/** Exponents of ten between which an unusual eps is looked for. */
const log10Eps = { low: -16, high: 4, steps: 40 };

/**
 * Fits what is unknown of weight and bias for every usual eps, and for a fitted one where none of them explains y. Of a norm
 * that subtracts no mean no bias is fitted, since one could stand in for the mean.
 *
 * Without the weight nobody can tell the divisors apart but by eps: they only scale it. Then n is taken, as PyTorch does, and
 * n − 1 where a usual eps explains y only so.
 *
 * @param base  the norm but for its eps, place and divisor
 * @param all      the rows under it
 * @param known    weight as it scales x̂, or bias, if one of them is
 * @param divisors those to try
 * @returns        no specs where no values are left over to judge a fit by
 */
export function recoveredSpecs(
  base: NormSpec,
  all: FiniteRows,
  known: Affine,
  divisors: readonly NormSpec['divisor'][],
  precision: Precision,
): Recovery {
  const limit = explainedScore(precision);
  const noise = new RoundingNoise(precision);
  const { cols } = all.structure.geometry;
  const hasBias = isCentred(base.kind);
  const sides = known.weight ? [divisors] : divisors.map((divisor) => [divisor] as const);
  const some = sample(all, head);
  const tried: RecoveredSpec[] = [];
  for (const find of [...sides.map((side) => () => usualDenominators(side)), fittedDenominators]) {
    // Where too few values share a feature no fit can be judged, however long one looks.
    const isJudged = tried.length === 0 || tried.some(({ score }) => Number.isFinite(score));
    if (isJudged && !tried.some(({ score }) => score <= 1)) {
      tried.push(...scored(some, find()));
    }
  }
  tried.sort((a, b) => a.score - b.score);
  const smallest = tried[0].score;
  // Where none explains y the nearest will do.
  const promising =
    smallest > hopelessScore(precision)
      ? tried.slice(0, 1)
      : tried.filter(({ score }) => score <= Math.max(limit, 2 * smallest));
  const specs =
    some === all
      ? promising
      : scored(
          all,
          promising.map(({ spec }) => spec),
        );
  const judged = specs.filter(({ score, isTold }) => isTold && Number.isFinite(score));
  const best = Math.min(...judged.map(({ score }) => score));
  const isPlain =
    best <= limit &&
    fit(
      all,
      all.std.map(() => 1),
    ).score <= Math.max(limit, clearly * best);
  return { specs: judged, isPlain };

  function fit(rows: FiniteRows, denominators: Float64Array): FittedAffine {
    const { std, offset, geometry, y } = rows;
    const size = std.map((value, row) => value / denominators[row]);
    const here = { weight: known.weight && rows.held(known.weight), bias: known.bias && rows.held(known.bias) };
    const fitted = { known: here, hasBias };
    return fitAffine(geometry, rows.normalized(denominators), y, { size, offset }, fitted, noise);
  }

  /** Fits once where denominators agree in all rows to a part of what rounding hides. */
  function scored(rows: FiniteRows, list: readonly Denominator[]): RecoveredSpec[] {
    const fits: { of: Float64Array; fitted: FittedAffine }[] = [];
    return list.map(({ eps, epsPlace, divisor }) => {
      const of = rows.std.map((std) => denominatorOf({ eps, epsPlace, divisor }, std, cols));
      const same = fits.find((other) => agree(of, other.of, 0.05 * statisticsUnit(precision)));
      const fitted = same?.fitted ?? fit(rows, of);
      if (!same) {
        fits.push({ of, fitted });
      }
      return { ...fitted, spec: { ...base, eps, epsPlace, divisor } };
    });
  }

  function fittedDenominators(): Denominator[] {
    const few = sample(all, search);
    return sides[0].flatMap((divisor) =>
      epsPlaces.flatMap((epsPlace) => {
        const of = (eps: number): Denominator => ({ eps, epsPlace, divisor });
        const { low, high, steps } = log10Eps;
        const denominators = (eps: number) => few.std.map((std) => denominatorOf(of(eps), std, cols));
        const eps = bestScale((trial) => fit(few, denominators(trial)).score, low, high, steps);
        return eps > 10 ** low && eps < 10 ** (high - 1) ? [of(eps)] : [];
      }),
    );
  }
}

/** Long rows give fewer of their values, few rows more. */
function sample(all: FiniteRows, { rows, values }: typeof head): FiniteRows {
  return all.spread(rows, Math.ceil(values / Math.min(rows, all.std.length)));
}

function agree(a: Float64Array, b: Float64Array, tolerance: number): boolean {
  return a.every((value, row) => Math.abs(value - b[row]) <= tolerance * b[row]);
}
