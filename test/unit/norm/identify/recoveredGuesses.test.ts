import { describe, expect, it } from 'vitest';
import { forward } from '../../../../src/norm/forward';
import { normStructures } from '../../../../src/norm/identify/normStructures';
import { recoveredGuesses } from '../../../../src/norm/identify/recoveredGuesses';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { precisionOf } from '../../../../src/norm/precision';
import { Random } from '../../../../src/norm/random';
import { tensor } from '../tensors';
import { best, madeCase } from './madeCase';

describe('recoveredGuesses', () => {
  it('brings the weight and bias that nobody gave', () => {
    const { weight, bias, ...bare } = madeCase({ eps: 1e-5 });
    const { guesses } = recoveredGuesses(bare, precisionOf(bare.output!), normStructures(bare).usual);
    const { spec, recovered } = best(guesses);
    expect(spec).toEqual(defaultSpec('layer_norm'));
    const wanted = weight!.values as Float64Array;
    wanted.forEach((value, i) => expect(recovered!.weight[i]).toBeCloseTo(value, 9));
    expect(recovered!.bias[3]).toBeCloseTo(Number(bias!.values[3]), 9);
  });

  it('has nothing to say where both are known', () => {
    const normCase = madeCase({});
    expect(recoveredGuesses(normCase, precisionOf(normCase.output!), normStructures(normCase).usual)).toEqual({
      guesses: [],
    });
  });

  /** Channels of a batch, with what a norm of them makes of x. */
  function channels(spec: NormSpec): NormCase {
    const random = new Random(4);
    const shape = [6, 5, 4, 4];
    const x = random.normals(480).map((value, i) => (1 + Math.floor(i / 16)) * 0.01 * value + 0.1);
    const [weight, bias] = [random.normals(5), random.normals(5)];
    return {
      spec: defaultSpec('layer_norm'),
      x: tensor('x', shape, x),
      output: tensor('y', shape, forward(spec, shape, x, { weight, bias }).y),
      weight: tensor('weight', [5], weight),
      bias: tensor('bias', [5], bias),
    };
  }

  it('tells an instance_norm from a layer_norm of the same rows by where the weight runs', () => {
    const truth = { ...defaultSpec('instance_norm'), training: true };
    const { weight, bias, ...bare } = channels(truth);
    const { unusual, twins } = normStructures(bare);
    const { guesses } = recoveredGuesses(bare, precisionOf(bare.output!), [...unusual, ...twins]);
    const { spec, recovered } = best(guesses);
    expect(spec).toEqual(truth);
    expect(recovered!.weight[2]).toBeCloseTo(Number(weight!.values[2]), 9);
    expect(recovered!.bias[2]).toBeCloseTo(Number(bias!.values[2]), 9);
  });

  it('tells the eps of a batch_norm by its weight alone', () => {
    const truth = { ...defaultSpec('batch_norm'), training: true, eps: 1e-3 };
    const { weight, bias, ...bare } = channels(truth);
    const recovered = (normCase: NormCase) =>
      recoveredGuesses(normCase, precisionOf(normCase.output!), normStructures(normCase).unusual);
    expect(best(recovered({ ...bare, weight }).guesses).spec).toEqual(truth);
    expect(recovered({ ...bare, bias }).plain?.structure.spec.kind).toBe('batch_norm');
  });
});
