const golden = (Math.sqrt(5) - 1) / 2;

/**
 * Where a function of one variable is smallest: the best of evenly spaced places, then golden-section search around it.
 *
 * @param steps     between the places first looked at, so many that the function has one valley between three of them
 * @param tolerance distance in x at which the search ends
 */
export function minimum(
  f: (x: number) => number,
  low: number,
  high: number,
  steps: number,
  tolerance: number,
): { x: number; value: number } {
  const width = (high - low) / steps;
  const places = Array.from({ length: steps + 1 }, (_, i) => low + i * width);
  const values = places.map(f);
  const nearest = values.reduce((best, value, i) => (value < values[best] ? i : best), 0);
  let [a, b] = [Math.max(low, places[nearest] - width), Math.min(high, places[nearest] + width)];
  let [c, d] = [b - golden * (b - a), a + golden * (b - a)];
  let [ofC, ofD] = [f(c), f(d)];
  while (b - a > tolerance) {
    if (ofC < ofD) {
      [b, d, ofD] = [d, c, ofC];
      c = b - golden * (b - a);
      ofC = f(c);
    } else {
      [a, c, ofC] = [c, d, ofD];
      d = a + golden * (b - a);
      ofD = f(d);
    }
  }
  const [x, value] = ofC < ofD ? [c, ofC] : [d, ofD];
  return value < values[nearest] ? { x, value } : { x: places[nearest], value: values[nearest] };
}

/** How finely a scale is looked for at first, and at last where that has helped. */
const [roughly, exactly] = [1e-6, 1e-16];
/** The search goes on to the last digits where it has brought the function down to this part of what it is at the ends. */
const promising = 0.05;

/**
 * The positive number for which a function is smallest, to the last digits if it has a narrow bottom.
 *
 * @param low, high exponents of ten between which it is looked for
 * @param steps     as for `minimum`
 */
export function bestScale(f: (scale: number) => number, low: number, high: number, steps: number): number {
  const near = minimum((exponent) => f(10 ** exponent), low, high, steps, roughly);
  const scale = 10 ** near.x;
  if (near.value > promising * Math.min(f(10 ** low), f(10 ** high))) {
    return scale;
  }
  const width = 100 * roughly;
  return scale * (1 + minimum((change) => f(scale * (1 + change)), -width, width, 2, exactly).x);
}
