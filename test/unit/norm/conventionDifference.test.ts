import { describe, expect, it } from 'vitest';
import { conventionDifference, type Convention } from '../../../src/norm/conventionDifference';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { presets } from '../../../src/norm/presets';
import { Random } from '../../../src/norm/random';
import { roundTo } from '../../../src/tensor/roundFloat';
import { randomTensor, tensor } from './tensors';

const exact = (change: Partial<NormSpec> = {}): Convention => ({
  spec: { ...defaultSpec(change.kind ?? 'layer_norm'), ...change },
  evaluation: 'plain',
});
const named = (name: string): Convention => presets.find((preset) => preset.name === name)!;

describe('conventionDifference', () => {
  const x = randomTensor('x', [6, 32], 1);

  it('of a convention with itself is none', () => {
    expect(conventionDifference(x, {}, exact(), exact())).toMatchObject({
      elements: 192,
      differing: 0,
      differingRows: [],
      maxAbs: 0,
      worst: undefined,
      relL2: 0,
      reason: 'They are the same convention.',
    });
  });

  it('finds the row in which ε matters, and its share there', () => {
    const values = Float64Array.from(x.values as Float64Array, (value, i) =>
      i >= 64 && i < 96 ? value * 1e-2 : value * 100,
    );
    const found = conventionDifference(tensor('x', [6, 32], values), {}, exact(), exact({ eps: 1e-3 }));
    expect(found.worst!.row).toBe(2);
    expect(found.worst!.index[0]).toBe(2);
    expect(found.effects.map(({ key }) => key)).toEqual(['eps']);
    expect(found.reason).toMatch(
      /^They differ because ε is 1e-5 in the first and 0\.001 in the second; in row 2, of variance [\d.e-]+, it makes up \d+(\.\d+)? % against 9\d(\.\d+)? % of what is divided by\.$/,
    );
  });

  it('n against n − 1 parts every row by the factor it names', () => {
    const found = conventionDifference(x, {}, exact({ eps: 0 }), exact({ eps: 0, divisor: 'n-1' }));
    expect(found.differingRows).toEqual([0, 1, 2, 3, 4, 5]);
    expect(found.relL2).toBeCloseTo(Math.sqrt(32 / 31) - 1, 12);
    expect(found.reason).toContain('a factor of √(31 / 32) in every row');
  });

  it('names the mean where the kinds differ, and what else differs after it', () => {
    const shifted = tensor(
      'x',
      [6, 32],
      Float64Array.from(x.values as Float64Array, (value) => value + 3),
    );
    const found = conventionDifference(shifted, {}, exact(), exact({ kind: 'rms_norm', eps: 1e-6 }));
    expect(found.effects.map(({ key }) => key)).toEqual(['kind', 'eps']);
    expect(found.reason).toMatch(
      /^They differ because LayerNorm subtracts the mean and RMSNorm does not; row \d has mean /,
    );
    expect(found.reason).toMatch(/Less comes from ε\.$/);
  });

  it('says of a part that does not show that it does not on this data', () => {
    const found = conventionDifference(x, {}, exact(), exact({ castOrder: 'before-weight' }));
    expect(found).toMatchObject({
      differing: 0,
      reason: 'They differ in the cast order, which does not show on this data.',
    });
  });

  it('Llama against PyTorch’s RMSNorm in bfloat16: the cast order', () => {
    const random = new Random(4);
    const round = roundTo('bfloat16');
    const half = { ...tensor('x', [16, 256], random.normals(4096).map(round)), dtype: 'bfloat16' as const };
    const parameters = { weight: random.normals(256).map(round) };
    const torch = { ...named('pytorch-rms-norm'), spec: { ...named('pytorch-rms-norm').spec, eps: 1e-6 } };
    const found = conventionDifference(half, parameters, named('llama'), torch);
    expect(found.differing / found.elements).toBeGreaterThan(0.2);
    expect(found.reason).toBe(
      'They differ because the first rounds x̂ to the dtype of x before it applies the weight, the second only the result.',
    );
  });

  it('PyTorch 1 against PyTorch 2 where the mean is far above the spread: the order of sums', () => {
    const far = {
      ...tensor(
        'x',
        [2, 64],
        Float64Array.from(randomTensor('x', [2, 64], 5).values as Float64Array, (value) => Math.fround(value + 1000)),
      ),
      dtype: 'float32' as const,
    };
    const found = conventionDifference(far, {}, named('pytorch1-layer-norm'), named('pytorch-layer-norm'));
    expect(found.maxAbs).toBeGreaterThan(1e-5);
    expect(found.reason).toMatch(/^They differ because they take their sums in different orders/);
  });

  it('NaN on one side alone is the worst of all', () => {
    const constant = tensor('x', [2, 3], [1, 1, 1, 1, 2, 3]);
    const found = conventionDifference(constant, {}, exact(), exact({ eps: 0 }));
    expect(found.maxAbs).toBeNaN();
    expect(found.worst).toMatchObject({ row: 0, a: 0, b: NaN });
  });
});

it('every preset agrees with itself', () => {
  const x = randomTensor('x', [2, 32, 32], 6);
  for (const preset of presets) {
    expect(conventionDifference(x, {}, preset, preset).differing, preset.name).toBe(0);
  }
});
