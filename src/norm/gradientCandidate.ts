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
