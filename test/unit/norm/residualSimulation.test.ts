import { describe, expect, it } from 'vitest';
import { powerLaw } from '../../../src/norm/powerLaw';
import { Random } from '../../../src/norm/random';
import { ResidualNetwork, type SimulatedNetwork } from '../../../src/norm/residualNetwork';
import { simulateResidual } from '../../../src/norm/residualSimulation';

const network: SimulatedNetwork = { blocks: 16, width: 64, tokens: 4, placement: 'pre', init: 'xavier', seed: 1 };

function exponentOf({ streamRms }: { streamRms: Float64Array }): number {
  const depths = [...streamRms.keys()];
  return powerLaw(depths.slice(1), [...streamRms].slice(1))!.exponent;
}

describe('simulateResidual', () => {
  it('lets the stream of a pre-norm network grow as the root of the depth', () => {
    const exponents = [1, 2, 3].map((seed) => exponentOf(simulateResidual({ ...network, blocks: 32, seed })));
    exponents.forEach((exponent) => expect(Math.abs(exponent - 0.5)).toBeLessThan(0.1));
  });

  it('keeps the stream of a post-norm network at 1', () => {
    const { streamRms } = simulateResidual({ ...network, placement: 'post' });
    streamRms.slice(1).forEach((rms) => expect(rms).toBeCloseTo(1, 4));
  });

  it('lets an unnormalized network explode, unless its branches are scaled down', () => {
    const growth = (init: SimulatedNetwork['init']) => {
      const { streamRms } = simulateResidual({ ...network, placement: 'none', init });
      return streamRms[network.blocks] / streamRms[0];
    };
    expect(growth('xavier')).toBeGreaterThan(50);
    expect(growth('scaled')).toBeLessThan(2);
    expect(growth('zero')).toBe(1);
  });

  it('attenuates the gradient of a deep pre-norm network by the root of its depth', () => {
    const atOutput = (blocks: number) => simulateResidual({ ...network, blocks }).gradientNorm[blocks];
    const slope = Math.log(atOutput(32) / atOutput(2)) / Math.log(16);
    expect(Math.abs(slope + 0.5)).toBeLessThan(0.15);
  });

  it('gives the same curves for the same seed', () => {
    expect(simulateResidual(network)).toEqual(simulateResidual(network));
    expect(simulateResidual(network)).not.toEqual(simulateResidual({ ...network, seed: 2 }));
  });
});

describe('ResidualNetwork', () => {
  it.each(['pre', 'post', 'none'] as const)('%s: sends back the gradient that differences show', (placement) => {
    const small: SimulatedNetwork = { blocks: 3, width: 8, tokens: 2, placement, init: 'xavier', seed: 4 };
    const random = new Random(4);
    const model = new ResidualNetwork(small, random);
    const [x, dy, v] = [random.normals(16), random.normals(16), random.normals(16)];
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, i) => sum + value * b[i], 0);
    const loss = (step: number) => dot(dy, model.forward(x.map((value, i) => value + step * v[i])).output);
    const h = 1e-6;
    const [gradient] = model.backward(model.forward(x).streams, dy);
    expect(dot(gradient, v)).toBeCloseTo((loss(h) - loss(-h)) / (2 * h), 6);
  });
});
