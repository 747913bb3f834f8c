import { describe, expect, it } from 'vitest';
import { forward } from '../../../../src/norm/forward';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { settledSpec } from '../../../../src/norm/identify/settledSpec';
import { toFloat64 } from '../../../../src/tensor/tensor';
import { casesOf, openFixture } from '../dumps';
import { randomTensor, tensor } from '../tensors';

const guess = defaultSpec('layer_norm');
const x = randomTensor('x', [6, 4, 16], 1);
const weight = randomTensor('weight', [16], 2);

/** A case that is guessed to be a layer_norm, with the output of another convention. */
function madeBy(spec: NormSpec): NormCase {
  const { y } = forward(spec, x.shape, toFloat64(x), { weight: toFloat64(weight) });
  return { spec: guess, x, weight, output: tensor('y', x.shape, y) };
}

describe('settledSpec', () => {
  it.each<[string, Partial<NormSpec>]>([
    ['the guess itself', {}],
    ['an RMSNorm by the name of a layer norm', { kind: 'rms_norm', eps: 1e-6 }],
    ['1 + weight', { kind: 'rms_norm', eps: 1e-6, weightOffset: 1 }],
    ['another eps', { eps: 1e-3 }],
  ])('is told by the output: %s', (_, part) => {
    expect(settledSpec(madeBy({ ...guess, ...part }))).toMatchObject(part);
  });

  it.each<[string, Partial<NormSpec>]>([
    ['the unbiased variance', { divisor: 'n-1' }],
    ['eps outside the root', { eps: 0.1, epsPlace: 'outside' }],
  ])('does not take a likely mistake for a convention: %s', (_, part) => {
    expect(settledSpec(madeBy({ ...guess, ...part }))).toBeUndefined();
  });

  it('is not told without an output, or by one that no norm makes', () => {
    expect(settledSpec({ spec: guess, x, weight })).toBeUndefined();
    expect(settledSpec({ spec: guess, x, weight, output: randomTensor('y', x.shape, 3) })).toBeUndefined();
  });

  it('tells a batch_norm in training from one in evaluation', async () => {
    const settled = async (file: string) => {
      const cases = await casesOf(await openFixture(`dumps/healthy/${file}.safetensors`));
      return [...cases.values()].map((normCase) => settledSpec(normCase)?.training);
    };
    expect(await settled('resnet_training')).toEqual([true, true]);
    expect(await settled('resnet_evaluation')).toEqual([false, false]);
  });
});
