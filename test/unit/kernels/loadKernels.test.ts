import { afterEach, expect, test, vi } from 'vitest';
import { loadKernels } from '../../../src/kernels/loadKernels';
import { float32, rowMoments } from './kernelPair';

afterEach(() => vi.unstubAllGlobals());

test('gives vectors where the engine has them', async () => {
  expect((await loadKernels()).kind).toBe('simd');
});

test('gives each caller a memory of its own', async () => {
  const [a, b] = await Promise.all([loadKernels(), loadKernels()]);
  const area = a.memory.reserve(4);
  expect(b.memory.reserve(4)).toBe(area);
  a.memory.bytes(area, 1)[0] = 1;
  b.memory.bytes(area, 1)[0] = 2;
  expect(a.memory.bytes(area, 1)[0]).toBe(1);
});

test.each([
  ['without WebAssembly', undefined],
  ['without its vectors', { validate: () => false }],
])('gives the twins in an engine %s', async (_, stub) => {
  vi.stubGlobal('WebAssembly', stub);
  const kernels = await loadKernels();
  expect(kernels.kind).toBe('scalar');
  expect(rowMoments(kernels, float32([1, 2, 3]), 1)).toMatchObject([{ mean: 2, m2: 2 }]);
});
