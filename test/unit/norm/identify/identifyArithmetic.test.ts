import { expect, it } from 'vitest';
import { identifyArithmetic } from '../../../../src/norm/identify/identifyArithmetic';
import { loadNormFixture } from '../normFixtures';
import { randomTensor, tensor } from '../tensors';

/** What PyTorch's operations gave in the input's format. */
async function recorded(name: string, dtype: 'float16' | 'bfloat16') {
  const { spec, shape, parameters, array } = await loadNormFixture(name);
  const weight = parameters.weight!;
  return {
    spec,
    x: tensor('x', shape, Float32Array.from(array('x')), dtype),
    output: tensor('y', shape, Float32Array.from(array('y_kernel')), dtype),
    weight: tensor('weight', [weight.length], Float32Array.from(weight), dtype),
  };
}

it.each([
  ['rms_norm_llama_bfloat16', 'bfloat16', 'before-weight'],
  ['rms_norm_gemma_bfloat16', 'bfloat16', 'after-weight'],
  ['rms_norm_llama_float16', 'float16', 'before-weight'],
  ['rms_norm_gemma_float16', 'float16', 'after-weight'],
] as const)('tells the cast order of %s', async (name, dtype, castOrder) => {
  const normCase = await recorded(name, dtype);
  const candidates = identifyArithmetic(normCase, normCase.spec);
  const [best] = candidates;
  const other = candidates.find(({ spec }) => spec.castOrder !== castOrder)!;
  expect(best.spec.castOrder).toBe(castOrder);
  expect(best.bitEqual).toBeGreaterThan(0.99);
  expect(other.bitEqual).toBeLessThan(best.bitEqual);
});

it('tells statistics in float32 from those in bfloat16', async () => {
  const normCase = await recorded('rms_norm_llama_bfloat16', 'bfloat16');
  const low = identifyArithmetic(normCase, normCase.spec).find(({ spec }) => spec.computeDtype === 'bfloat16')!;
  expect(low.bitEqual).toBeLessThan(0.95);
});

it('says nothing of float64', async () => {
  const x = randomTensor('x', [2, 8], 1);
  const { spec } = await loadNormFixture('rms_norm_basic');
  expect(identifyArithmetic({ spec, x, output: x }, spec)).toEqual([]);
});
