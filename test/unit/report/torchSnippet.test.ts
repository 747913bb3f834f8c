import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { torchSnippet } from '../../../src/report/torchSnippet';
import type { Tensor } from '../../../src/tensor/tensor';
import { findPython } from '../findPython';

const tensor = (name: string, shape: number[], values: number[]): Tensor => ({
  name,
  dtype: 'float64',
  shape,
  values: Float64Array.from(values),
});
const x = tensor('x', [2, 3], [0.5, -1, 2, 3, 0.25, -2]);
const weight = tensor('weight', [3], [1, 2, 0.5]);
const bias = tensor('bias', [3], [0, 0.5, -1]);
const python = await findPython('torch');

const specs: NormSpec[] = [
  defaultSpec('layer_norm'),
  { ...defaultSpec('layer_norm'), divisor: 'n-1', epsPlace: 'outside' },
  { ...defaultSpec('rms_norm'), weightOffset: 1 },
  defaultSpec('l2_norm'),
];

describe('torchSnippet', () => {
  it.skipIf(!python).each(specs)(
    'runs in PyTorch, whose gradcheck passes, for $kind ÷$divisor',
    async (spec) => {
      const script = torchSnippet({ spec, x, weight, bias })!;
      const { stdout } = await promisify(execFile)(python!, ['-c', script]);
      expect(stdout).toContain('gradient of weight');
      expect(stdout).toContain('gradcheck True');
    },
    60_000,
  );

  it.skipIf(!python)(
    'says how far a known output is from PyTorch’s',
    async () => {
      const output = tensor('output', [2, 3], [0, 0, 0, 0, 0, 0]);
      const spec = { ...defaultSpec('l2_norm') };
      const { stdout } = await promisify(execFile)(python!, ['-c', torchSnippet({ spec, x, output })!]);
      const difference = Number(/largest difference of output (\S+)/.exec(stdout)![1]);
      expect(difference).toBeCloseTo(2 / Math.hypot(0.5, 1, 2), 12);
    },
    60_000,
  );

  it('has none for kinds with channels and axes that are not the last', () => {
    expect(torchSnippet({ spec: defaultSpec('batch_norm'), x })).toBeUndefined();
    expect(torchSnippet({ spec: { ...defaultSpec('layer_norm'), axes: [0] }, x })).toBeUndefined();
  });
});
