import { describe, expect, it } from 'vitest';
import { backward, splitGradient } from '../../../src/norm/backward';
import { fileGradients } from '../../../src/norm/fileGradients';
import type { NormCase } from '../../../src/norm/normCase';
import { rowGeometry } from '../../../src/norm/geometry';
import { defaultSpec, type NormKind } from '../../../src/norm/normSpec';
import { toFloat64 } from '../../../src/tensor/tensor';
import { loadNormFixture } from './normFixtures';
import { randomTensor, tensor } from './tensors';

/** A float32 case with right gradients. */
function rightCase(kind: NormKind, rows = 6, cols = 32) {
  const spec = defaultSpec(kind);
  const shape = [rows, cols];
  const rounded = (name: string, ofShape: number[], seed: number) =>
    tensor(name, ofShape, Float32Array.from(randomTensor(name, ofShape, seed).values as Float64Array), 'float32');
  const inputs = {
    x: rounded('x', shape, 1),
    gradOutput: rounded('dy', shape, 2),
    weight: rounded('w', [cols], 3),
    bias: kind === 'layer_norm' ? rounded('b', [cols], 4) : undefined,
  };
  const x = toFloat64(inputs.x);
  const dy = toFloat64(inputs.gradOutput);
  const affine = { weight: toFloat64(inputs.weight), bias: inputs.bias && toFloat64(inputs.bias) };
  const { gradInput, gradWeight, gradBias } = backward(spec, shape, x, dy, affine);
  const parts = (row: number) => splitGradient(spec, rowGeometry(spec, shape), x, dy, affine, row);
  const normCase: NormCase = {
    spec,
    ...inputs,
    gradInput: tensor('dx', shape, Float32Array.from(gradInput), 'float32'),
    gradWeight: tensor('dw', [cols], Float32Array.from(gradWeight), 'float32'),
    gradBias: gradBias && tensor('db', [cols], Float32Array.from(gradBias), 'float32'),
  };
  return { normCase, parts };
}

/** The case with its gradInput made anew from the parts of each row. */
function withInput(
  { normCase, parts }: ReturnType<typeof rightCase>,
  of: (part: ReturnType<typeof splitGradient>, c: number) => number,
): NormCase {
  const [rows, cols] = normCase.x.shape;
  const values = Array.from({ length: rows }, (_, row) => {
    const split = parts(row);
    return Array.from({ length: cols }, (_unused, c) => of(split, c));
  }).flat();
  return { ...normCase, gradInput: tensor('dx', [rows, cols], Float32Array.from(values), 'float32') };
}

describe.each(['layer_norm', 'rms_norm'] as const)('%s', (kind) => {
  const right = rightCase(kind);
  const ofInput = (normCase: NormCase) => fileGradients(normCase)[0];

  it('right gradients pass, close to the roundoff of float32', () => {
    for (const { passed, maxRelError, limit, explanation } of fileGradients(right.normCase)) {
      expect(passed).toBe(true);
      expect(maxRelError).toBeLessThan(2 ** -24);
      expect(limit).toBeLessThan(2e-6);
      expect(explanation).toBeUndefined();
    }
  });

  it('names the gradient that holds the statistics constant', () => {
    const naive = withInput(right, ({ heldConstant }, c) => heldConstant[c]);
    expect(ofInput(naive)).toMatchObject({
      name: 'gradInput',
      source: 'file',
      passed: false,
      explanation:
        kind === 'layer_norm'
          ? 'It is the gradient with mean and variance held constant.'
          : 'It is the gradient with the mean square held constant.',
    });
  });

  it('finds the factor of a scaled gradient', () => {
    const doubled = ofInput(withInput(right, ({ full }, c) => 2 * full[c]));
    expect(doubled).toMatchObject({ passed: false, explanation: 'It is the right gradient, times 2.' });
  });

  it('fails another wrong gradient without naming it', () => {
    const squared = ofInput(withInput(right, ({ full }, c) => full[c] ** 2));
    expect(squared.passed).toBe(false);
    expect(squared.explanation).toMatch(/^It is none of the gradients that were tried; the nearest, /);
  });

  it('says where it is right but for one element, or one row', () => {
    const values = toFloat64(right.normCase.gradInput!);
    const changed = (change: (value: number, i: number) => number) =>
      ofInput({
        ...right.normCase,
        gradInput: tensor('dx', [6, 32], Float32Array.from(values.map(change)), 'float32'),
      });
    const ofOne = changed((value, i) => (i === 41 ? value * 1.01 : value));
    expect(ofOne.explanation).toBe('It is the right gradient, but for one element, at (1, 9).');
    const ofRow = changed((value, i) => (i >= 64 && i < 96 ? 0 : value));
    expect([ofRow.passed, ofRow.mistake]).toEqual([false, undefined]);
    expect(ofRow.explanation).toMatch(
      /^It is the right gradient, but for 3\d of 192 elements, all at \(2, :\), the worst at \(2, \d+\)\.$/,
    );
  });

  it('finds the one element that is off, however large the gradients of other rows are', () => {
    const x = Float32Array.from(toFloat64(right.normCase.x)).fill(5, 0, 32);
    const constantRow = { ...right.normCase, x: tensor('x', [6, 32], x, 'float32') };
    const { gradInput } = backward(
      constantRow.spec,
      [6, 32],
      toFloat64(constantRow.x),
      toFloat64(constantRow.gradOutput!),
      { weight: toFloat64(constantRow.weight!) },
    );
    gradInput[3 * 32 + 7] *= 1.001;
    const result = ofInput({
      ...constantRow,
      gradInput: tensor('dx', [6, 32], Float32Array.from(gradInput), 'float32'),
    });
    expect(result).toMatchObject({ passed: false, worstIndex: [3, 7] });
  });

  it('fails a NaN where there should be none, and passes over rows that hold one in x', () => {
    const withNaN = (role: 'x' | 'gradInput') => {
      const values = Float32Array.from(toFloat64(right.normCase[role]!));
      values[40] = NaN;
      return { ...right.normCase, [role]: tensor(role, [6, 32], values, 'float32') };
    };
    expect(ofInput(withNaN('gradInput'))).toMatchObject({ passed: false, worstIndex: [1, 8], maxAbsError: Infinity });
    const spoiled = ofInput(withNaN('x'));
    expect(spoiled.passed).toBe(true);
    expect(spoiled.errors.position).toHaveLength(5 * 32);
  });

  it('says that a sum is not finite because x is not', () => {
    const values = Float32Array.from(toFloat64(right.normCase.x));
    values[40] = NaN;
    const gradWeight = fileGradients({ ...right.normCase, x: tensor('x', [6, 32], values, 'float32') })[1];
    expect(gradWeight).toMatchObject({ name: 'gradWeight', passed: false });
    expect(gradWeight.explanation).toContain('not finite');
  });
});

it('tells the two corrections of layer_norm apart', () => {
  const right = rightCase('layer_norm');
  const meanOnly = withInput(right, ({ heldConstant, meanCorrection }, c) => heldConstant[c] + meanCorrection[c]);
  const varianceOnly = withInput(right, (part, c) => part.heldConstant[c] + part.varianceCorrection[c]);
  expect(fileGradients(meanOnly)[0].explanation).toContain('without the variance correction');
  expect(fileGradients(varianceOnly)[0].explanation).toContain('without the mean correction');
});

it('tells them apart in bfloat16, where the limit alone could not', () => {
  const right = rightCase('layer_norm', 16, 256);
  const asBfloat16 = (normCase: NormCase): NormCase => ({
    ...normCase,
    gradInput: { ...normCase.gradInput!, dtype: 'bfloat16', values: roundToBfloat16(normCase.gradInput!.values) },
  });
  expect(fileGradients(asBfloat16(right.normCase))[0]).toMatchObject({ passed: true, explanation: undefined });
  const naive = fileGradients(asBfloat16(withInput(right, ({ heldConstant }, c) => heldConstant[c])))[0];
  expect(naive.maxRelError).toBeLessThan(naive.limit * 2);
  expect(naive).toMatchObject({ passed: false });
  expect(naive.explanation).toContain('mean and variance held constant');
});

it('says where a wrong gradient has a name but for some elements', () => {
  const right = rightCase('layer_norm');
  const naive = withInput(right, ({ heldConstant }, c) => heldConstant[c] * (c === 5 ? 1.001 : 1));
  const { passed, mistake, explanation } = fileGradients(naive)[0];
  expect([passed, mistake]).toEqual([false, undefined]);
  expect(explanation).toBe(
    'It is the gradient with mean and variance held constant, but for 6 of 192 elements, all at (:, 5), the worst at (4, 5).',
  );
});

it('passes a gradient whose corrections vanish, to the rounding, for this dy', () => {
  const x = tensor('x', [1, 6], [1, 1, 1, -1, -1, -1]);
  const gradOutput = tensor('dy', [1, 6], [0.1, 0.2, -0.3, 0.1, 0.2, -0.3]);
  const spec = defaultSpec('layer_norm');
  const { heldConstant, full } = splitGradient(
    spec,
    rowGeometry(spec, [1, 6]),
    toFloat64(x),
    toFloat64(gradOutput),
    {},
    0,
  );
  expect(heldConstant).not.toEqual(full);
  const gradInput = tensor('dx', [1, 6], heldConstant);
  expect(fileGradients({ spec, x, gradOutput, gradInput })[0]).toMatchObject({ passed: true, explanation: undefined });
});

it('passes float16 gradients that underflow', () => {
  const { normCase } = rightCase('layer_norm');
  const tiny = Float32Array.from(toFloat64(normCase.gradOutput!), (value) => value * 2 ** -22);
  const [gradInput, gradWeight, gradBias] = (['gradInput', 'gradWeight', 'gradBias'] as const).map((role) => {
    const { shape, values } = normCase[role]!;
    const spacing = 2 ** -24;
    const stored = Float32Array.from(
      values as Float32Array,
      (value) => Math.round((value * 2 ** -22) / spacing) * spacing,
    );
    return tensor(role, shape, stored, 'float16');
  });
  const gradOutput = tensor('dy', [6, 32], tiny, 'float32');
  const results = fileGradients({ ...normCase, gradOutput, gradInput, gradWeight, gradBias });
  expect(results.map(({ passed }) => passed)).toEqual([true, true, true]);
});

it('finds dγ that misses x̂ and dβ that is scaled', () => {
  const { normCase } = rightCase('layer_norm');
  const swapped = { ...normCase, gradWeight: normCase.gradBias, gradBias: normCase.gradWeight };
  expect(fileGradients(swapped).map(({ name, passed }) => [name, passed])).toEqual([
    ['gradInput', true],
    ['gradWeight', false],
    ['gradBias', false],
  ]);
});

it.each(['layer_norm_float32', 'layer_norm_offset_float32', 'layer_norm_multi_float32', 'layer_norm_bfloat16'])(
  'the recorded kernel of %s passes',
  async (name) => {
    const { spec, shape, array } = await loadNormFixture(name);
    const features = shape.slice(shape.length - spec.axes.length);
    const results = fileGradients({
      spec,
      x: tensor('x', shape, array('x')),
      gradOutput: tensor('dy', shape, array('dy')),
      weight: tensor('weight', features, array('weight')),
      bias: tensor('bias', features, array('bias')),
      gradInput: tensor('dx', shape, array('dx_kernel')),
      gradWeight: tensor('dweight', features, array('dweight_kernel')),
      gradBias: tensor('dbias', features, array('dbias_kernel')),
    });
    expect(results.map(({ passed }) => passed)).toEqual([true, true, true]);
  },
);

it('has nothing to say without gradOutput or without gradients', () => {
  const { normCase } = rightCase('layer_norm');
  expect(fileGradients({ ...normCase, gradOutput: undefined })).toEqual([]);
  expect(fileGradients({ spec: normCase.spec, x: normCase.x, gradOutput: normCase.gradOutput })).toEqual([]);
});

/** Rounds to nearest, ties to even, on the upper 16 bits of a float32. */
function roundToBfloat16(values: ArrayLike<number | bigint>): Float32Array {
  const bits = new Uint32Array(Float32Array.from(values as ArrayLike<number>).buffer);
  return new Float32Array(bits.map((word) => (word + 0x7fff + ((word >>> 16) & 1)) & 0xffff0000).buffer);
}
