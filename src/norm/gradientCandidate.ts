import { unravelIndex, type Shape } from '../tensor/shape';

/** A way to compute a gradient, right or wrong, and how near it comes to the one on trial. */
export interface GradientCandidate<Kind extends string> {
  readonly kind: Kind | 'scaled';
  /** What it is, to be read after “It is”. */
  readonly words: string;
  /** What it was multiplied by; 1 unless `kind` is scaled. */
  readonly factor: number;
  /** True if every element agrees to what rounding explains. */
  readonly fits: boolean;
  /** Root mean square of the differences, in units of the elements' scales. */
  readonly rmsError: number;
  /** ‖found − candidate‖ / ‖found‖ */
  readonly relError: number;
  readonly off: OffElements;
}

/** The elements of a gradient that are further from a candidate than rounding explains. */
export interface OffElements {
  readonly count: number;
  /** How many were looked at. */
  readonly of: number;
  /** Indices of the one that is furthest off. */
  readonly worst: readonly number[];
  /** Along each axis, the index that all of them have; undefined where they differ. */
  readonly shared: readonly (number | undefined)[];
}

/** Gathers how far a gradient is from one candidate, an element at a time. */
export class CandidateTally {
  private count = 0;
  private squares = 0;
  private errors = 0;
  private total = 0;
  private off = 0;
  private worst = { ratio: 0, position: 0 };
  private shared: (number | undefined)[] | undefined;

  /**
   * @param limit how far an element may be off, in units of the scale it is added with
   * @param shape of the gradient
   */
  constructor(
    private readonly limit: number,
    private readonly shape: Shape,
  ) {}

  /**
   * @param unit     what `rmsError` measures the element in
   * @param scale    what rounding of it is measured in
   * @param position C-order position of the element in the gradient
   */
  add(found: number, expected: number, unit: number, scale: number, position: number): void {
    const error = Math.abs(found - expected);
    const ratio = error === 0 ? 0 : error / scale;
    this.count++;
    this.total += found * found;
    this.errors += error * error;
    this.squares += error === 0 ? 0 : (error / unit) ** 2;
    if (ratio <= this.limit) {
      return;
    }
    if (!(ratio <= this.worst.ratio)) {
      this.worst = { ratio, position };
    }
    this.off++;
    if (this.shared?.some((index) => index !== undefined) ?? true) {
      const index = unravelIndex(position, this.shape);
      this.shared = this.shared?.map((common, axis) => (common === index[axis] ? common : undefined)) ?? index;
    }
  }

  /** The candidate that the elements were held against. */
  candidate<Kind extends string>(kind: Kind, words: string, factor: number): GradientCandidate<Kind> {
    return {
      kind,
      words,
      factor,
      fits: this.off === 0,
      rmsError: Math.sqrt(this.squares / this.count),
      relError: this.total > 0 ? Math.sqrt(this.errors / this.total) : Math.sqrt(this.errors),
      off: {
        count: this.off,
        of: this.count,
        worst: unravelIndex(this.worst.position, this.shape),
        shared: this.shared ?? [],
      },
    };
  }
}

/** The candidates that explain a gradient, and all in order. */
export interface ChosenCandidates<Kind extends string> {
  /** Those that explain it equally well, the likeliest first. */
  readonly fitting: readonly GradientCandidate<Kind>[];
  /** All that were tried, nearest first. */
  readonly candidates: readonly GradientCandidate<Kind>[];
}

/**
 * Keeps the candidates that explain a gradient: those whose every element fits, and whose root mean square error is at most
 * twice the smallest one, or within the roundoff. In bfloat16 the elements alone could not tell a right gradient from a
 * wrong one.
 *
 * A constant is thought of where the right gradient does not fit as it is; one on top of another mistake only where nothing does.
 *
 * @param plain    the right gradient, then the wrong ones from the likeliest to the rarest
 * @param scaled   the same, each with the factor that brings it nearest
 * @param roundoff a root mean square error that rounding explains whatever else fits
 */
export function chooseCandidates<Kind extends string>(
  plain: readonly GradientCandidate<Kind>[],
  scaled: () => readonly GradientCandidate<Kind>[],
  roundoff: number,
): ChosenCandidates<Kind> {
  const isNamed = plain.some(({ fits }) => fits);
  const multiples = plain[0].fits ? [] : scaled().slice(0, isNamed ? 1 : undefined);
  const all = [...plain, ...multiples.map((candidate) => ({ ...candidate, kind: 'scaled' as const }))];
  const candidates = all.toSorted((a, b) => a.rmsError - b.rmsError);
  const enough = Math.max(2 * candidates[0].rmsError, roundoff);
  return { fitting: all.filter(({ fits, rmsError }) => fits && rmsError <= enough), candidates };
}
