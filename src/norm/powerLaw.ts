/** y ≈ factor · x^exponent, fitted by least squares to the logarithms. */
export interface PowerLaw {
  readonly exponent: number;
  readonly factor: number;
  /** Share of the variance of log y that the fit explains; 1 where y does not vary. */
  readonly r2: number;
}

/**
 * Fits a power law to the points whose x and y are positive and finite; the norm of a residual stream of independent
 * branches grows as depth^0.5.
 *
 * @returns undefined with fewer than three points, or where x does not vary
 */
export function powerLaw(x: readonly number[], y: readonly number[]): PowerLaw | undefined {
  const line = logarithmicLine(
    x.map((value) => Math.log(value)),
    y,
  );
  return line && { exponent: line.slope, factor: Math.exp(line.offset), r2: line.r2 };
}

/** y ≈ start · factor^x, fitted by least squares to the logarithm of y. */
export interface ExponentialLaw {
  /** y at x = 0. */
  readonly start: number;
  /** By which y grows from one x to the next. */
  readonly factor: number;
  /** Share of the variance of log y that the fit explains; 1 where y does not vary. */
  readonly r2: number;
}

/**
 * Fits an exponential to the points whose y is positive and finite.
 *
 * @returns undefined with fewer than three points, or where x does not vary
 */
export function exponentialLaw(x: readonly number[], y: readonly number[]): ExponentialLaw | undefined {
  const line = logarithmicLine(x, y);
  return line && { start: Math.exp(line.offset), factor: Math.exp(line.slope), r2: line.r2 };
}

/** log y ≈ offset + slope · x, by least squares over the finite points. */
function logarithmicLine(
  x: readonly number[],
  y: readonly number[],
): { readonly slope: number; readonly offset: number; readonly r2: number } | undefined {
  const points = x
    .map((value, i) => [value, Math.log(y[i])] as const)
    .filter(([a, b]) => Number.isFinite(a) && Number.isFinite(b));
  const n = points.length;
  const meanX = points.reduce((sum, [a]) => sum + a, 0) / n;
  const meanY = points.reduce((sum, [, b]) => sum + b, 0) / n;
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (const [a, b] of points) {
    xx += (a - meanX) ** 2;
    xy += (a - meanX) * (b - meanY);
    yy += (b - meanY) ** 2;
  }
  if (n < 3 || xx === 0) {
    return undefined;
  }
  const slope = xy / xx;
  return { slope, offset: meanY - slope * meanX, r2: yy === 0 ? 1 : xy ** 2 / (xx * yy) };
}
