import type { GradientProblem } from './gradientProblem';
import { Random } from './random';
import { RowNormalizer } from './rowNormalizer';

/** Steps of the ladder in units of each row's curvature length, small enough that the third order does not show. */
const ladder = Array.from({ length: 11 }, (_, i) => 2 ** -(2 * i + 7));
/** A remainder counts if it is so many times what rounding alone may leave. */
const aboveNoise = 100;
/** Fewer points than this do not make a slope. */
const minPoints = 3;

/**
 * Order in h of the remainder |L(x + hv) − L(x) − h⟨G, v⟩| of the loss L = Σ gradOutput · y: 2 where G is the gradient,
 * 1 where it is not (3 where G is right and every row constant, since such rows have no second order). No tolerance is
 * needed to tell them apart.
 *
 * v is a seeded direction of ±1 (Rademacher), in each row times its curvature length. The order is the least-squares
 * slope of log remainder over log h, over the steps whose remainder stands above rounding.
 *
 * @param gradInput G, of the shape of the problem's x
 * @param rows      the rows that take part
 * @returns         undefined if too few remainders stand above rounding, as where the loss does not curve at all
 */
export function taylorOrder(
  problem: GradientProblem,
  gradInput: Float64Array,
  rows: readonly number[],
  seed: number,
): number | undefined {
  const { spec, geometry, cols, x, gradOutput, parameters } = problem;
  const normalizer = new RowNormalizer(spec, cols, parameters);
  const scale = new Float64Array(cols);
  const random = new Random(seed);
  const base = new Float64Array(cols);
  const moved = new Float64Array(cols);
  const probe = new Float64Array(cols);
  const direction = new Float64Array(cols);
  const remainders = new Float64Array(ladder.length);
  const stepNoise = new Float64Array(ladder.length);
  let noiseSquared = 0;
  for (const row of rows) {
    const start = row * cols;
    const first = geometry.rowFeature[row];
    normalizer.turnTo(first);
    normalizer.normalize(x, start, base, 0);
    const { curvatureLength, rstd } = normalizer;
    for (let c = 0; c < cols; c++) {
      scale[c] = problem.scale[first + geometry.colFeature[c]];
      direction[c] = random.sign() * curvatureLength;
      noiseSquared += (gradOutput[start + c] * scale[c] * base[c] * 2 ** -53) ** 2;
    }
    ladder.forEach((step, i) => {
      for (let c = 0; c < cols; c++) {
        probe[c] = x[start + c] + step * direction[c];
      }
      normalizer.normalize(probe, 0, moved, 0);
      for (let c = 0; c < cols; c++) {
        // The step really made: x + hv is rounded where |x| is large.
        const made = probe[c] - x[start + c];
        remainders[i] += gradOutput[start + c] * scale[c] * (moved[c] - base[c]) - gradInput[start + c] * made;
        // All there is to round where x̂ is 0, of a constant row; the mean's share in it is the same in every column.
        stepNoise[i] += Math.abs(gradOutput[start + c] * scale[c] * made) * rstd * 2 ** -53;
      }
    });
  }
  const points = ladder
    .map((step, i) => [Math.log2(step), Math.log2(Math.abs(remainders[i]))])
    .filter((_, i) => Math.abs(remainders[i]) > aboveNoise * (Math.sqrt(noiseSquared) + stepNoise[i]));
  return points.length < minPoints ? undefined : slope(points);
}

function slope(points: number[][]): number {
  const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
  const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
  const covariance = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return covariance / points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}
