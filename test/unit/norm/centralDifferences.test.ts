import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backwardRows, splitGradient } from '../../../src/norm/backward';
import { affineDifferences, InputDifferences } from '../../../src/norm/centralDifferences';
import { gradientProblem } from '../../../src/norm/gradientProblem';
import { defaultSpec, type NormKind, type NormSpec } from '../../../src/norm/normSpec';
import { Random } from '../../../src/norm/random';
import { randomTensor, tensor } from './tensors';

const layerNorm = defaultSpec('layer_norm');

/** Largest error of the differences of row 0 against a gradient, in units of rstd · max|g|. */
function worstError(problem: ReturnType<typeof gradientProblem>, gradient: Float64Array): number {
  const differences = new InputDifferences(problem);
  const { step, rstd } = differences.enter(0)!;
  const largestG = problem.scale.reduce((max, gamma, c) => Math.max(max, Math.abs(gamma * problem.gradOutput[c])), 0);
  const errors = problem.scale.map((_, c) => Math.abs(differences.derivative(0, c, step) - gradient[c]));
  return errors.reduce((max, error) => Math.max(max, error), 0) / (rstd * largestG);
}

describe('InputDifferences', () => {
  it('agrees with the analytic gradient under every convention, scale and offset', () => {
    const changes = fc.record({
      kind: fc.constantFrom<NormKind>('layer_norm', 'rms_norm'),
      eps: fc.constantFrom(0, 1e-12, 1e-5, 0.3),
      epsPlace: fc.constantFrom<NormSpec['epsPlace']>('inside', 'outside', 'clamp'),
      divisor: fc.constantFrom<NormSpec['divisor']>('n', 'n-1'),
      weightOffset: fc.constantFrom<0 | 1>(0, 1),
    });
    fc.assert(
      fc.property(
        changes,
        fc.integer({ min: 3, max: 30 }),
        fc.integer(),
        fc.constantFrom(1, 1e-7, 1e6, 1e150, 1e-120),
        fc.constantFrom(0, 1, 1e3),
        (change, cols, seed, spread, offset) => {
          const spec = { ...defaultSpec(change.kind), ...change };
          const values = new Random(seed).normals(cols).map((value) => (value + offset) * spread);
          const problem = gradientProblem({ spec, x: tensor('x', [1, cols], values) }, seed);
          const { gradInput } = backwardRows(spec, problem.geometry, problem.x, problem.gradOutput, problem.parameters);
          expect(worstError(problem, gradInput)).toBeLessThan(1e-8);
        },
      ),
    );
  });

  it.each([8, 128, 1024])('tell a gradient that lacks a correction from the right one, %d columns', (cols) => {
    const problem = gradientProblem({ spec: layerNorm, x: randomTensor('x', [1, cols], 3) }, 4);
    const { geometry, x, gradOutput, parameters } = problem;
    const parts = splitGradient(layerNorm, geometry, x, gradOutput, parameters, 0);
    const withMean = parts.heldConstant.map((value, c) => value + parts.meanCorrection[c]);
    const withVariance = parts.heldConstant.map((value, c) => value + parts.varianceCorrection[c]);
    expect(worstError(problem, parts.full)).toBeLessThan(1e-8);
    for (const wrong of [parts.heldConstant, withMean, withVariance]) {
      expect(worstError(problem, wrong)).toBeGreaterThan(1e-4);
    }
  });

  it('has no room where the mean is 1e9 times the spread', () => {
    const x = tensor('x', [2, 3], [1e9, 1e9 + 1, 1e9 + 2, 1, 2, 4]);
    const differences = new InputDifferences(gradientProblem({ spec: layerNorm, x }, 1));
    expect(differences.enter(0)).toBeUndefined();
    expect(differences.enter(1)).toBeDefined();
  });
});

describe('affineDifferences', () => {
  // More rows than one block of the forward holds.
  const problem = gradientProblem({ spec: layerNorm, x: randomTensor('x', [70, 1000], 3) }, 4);
  const { geometry, x, gradOutput, parameters, cols } = problem;
  const { gradWeight, gradBias } = backwardRows(layerNorm, geometry, x, gradOutput, parameters);

  it.each([
    ['weight', gradWeight],
    ['bias', gradBias!],
  ] as const)('is right to rounding for %s', (by, gradient) => {
    const { derivative, scale } = affineDifferences(problem, by);
    const worst = derivative.reduce((max, value, c) => Math.max(max, Math.abs(value - gradient[c]) / scale[c]), 0);
    expect(worst).toBeLessThan(1e-14);
  });

  it('measures in the sum of magnitudes', () => {
    const { scale } = affineDifferences(problem, 'bias');
    let sum = 0;
    for (let row = 0; row < geometry.rows; row++) {
      sum += Math.abs(gradOutput[row * cols + 7]);
    }
    expect(scale[7]).toBeCloseTo(sum, 10);
  });
});
