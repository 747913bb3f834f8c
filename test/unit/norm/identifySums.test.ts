import { expect, describe, it } from 'vitest';
import { backward } from '../../../src/norm/backward';
import type { SumKind } from '../../../src/norm/affineSums';
import { forward } from '../../../src/norm/forward';
import { identifySums } from '../../../src/norm/identifySums';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec } from '../../../src/norm/normSpec';
import { toFloat64 } from '../../../src/tensor/tensor';
import { casesOf, openFixture } from './dumps';
import { randomTensor, tensor } from './tensors';

const size = 16;

/** As many rows as features, so that no shape gives a wrong axis away; right float32 gradients. */
function caseOf(): NormCase {
  const shape = [size, size];
  const shifted = toFloat64(randomTensor('x', shape, 1)).map((value) => value + 1);
  const normCase = {
    spec: defaultSpec('layer_norm'),
    x: tensor('x', shape, shifted),
    gradOutput: randomTensor('dy', shape, 2),
    weight: randomTensor('weight', [size], 3),
  };
  const { gradWeight, gradBias } = backward(normCase.spec, shape, shifted, toFloat64(normCase.gradOutput), {
    weight: toFloat64(normCase.weight),
  });
  return { ...normCase, gradWeight: stored(gradWeight), gradBias: stored(gradBias!) };
}

function stored(values: Float64Array) {
  return tensor('gradient', [values.length], Float32Array.from(values), 'float32');
}

/** Sums over the rows of dy times a factor. */
function sumOf({ gradOutput }: NormCase, factor: (i: number) => number, along: 'rows' | 'features' = 'rows') {
  const sums = new Float64Array(size);
  const dy = toFloat64(gradOutput!);
  dy.forEach((value, i) => (sums[along === 'rows' ? i % size : Math.floor(i / size)] += value * factor(i)));
  return stored(sums);
}

describe('identifySums', () => {
  it('knows right gradients', () => {
    const { gradWeight, gradBias } = identifySums(caseOf());
    expect(gradWeight).toMatchObject({ kind: 'full', ambiguous: false });
    expect(gradBias).toMatchObject({ kind: 'full', ambiguous: false });
  });

  it('knows them swapped', () => {
    const right = caseOf();
    const { gradWeight, gradBias } = identifySums({ ...right, gradWeight: right.gradBias, gradBias: right.gradWeight });
    expect(gradWeight).toMatchObject({ kind: 'swapped', ambiguous: false });
    expect(gradBias!.explanation).toBe('It is the gradient of the weight, the sum of dy x̂: the two are swapped.');
  });

  const mistakes: [SumKind, (normCase: NormCase) => ReturnType<typeof stored>][] = [
    ['wrong-axis', (normCase) => sumOf(normCase, () => 1, 'features')],
    ['weighted', (normCase) => sumOf(normCase, (i) => Number(normCase.weight!.values[i % size]))],
    ['scaled', (normCase) => sumOf(normCase, () => 1 / size)],
  ];
  it.each(mistakes)('knows a dβ that is %s', (kind, gradBiasOf) => {
    const right = caseOf();
    expect(identifySums({ ...right, gradBias: gradBiasOf(right) }).gradBias).toMatchObject({ kind, ambiguous: false });
  });

  it('knows a dγ whose x was not centred', () => {
    const right = caseOf();
    const spec = { ...defaultSpec('rms_norm'), eps: right.spec.eps };
    const same = backward(spec, right.x.shape, toFloat64(right.x), toFloat64(right.gradOutput!), {}).gradWeight;
    expect(identifySums({ ...right, gradWeight: stored(same) }).gradWeight!.kind).toBe('uncentered');
  });

  it('knows a dγ summed of x · rstd, and one that is right but for one element', () => {
    const right = caseOf();
    const x = toFloat64(right.x);
    const { rstd } = forward(right.spec, right.x.shape, x, {});
    const uncentred = sumOf(right, (i) => x[i] * rstd[Math.floor(i / size)]);
    expect(identifySums({ ...right, gradWeight: uncentred }).gradWeight!.explanation).toBe(
      'It is the sum of dy x · rstd: the mean is not subtracted.',
    );
    const off = stored(toFloat64(right.gradWeight!).map((value, i) => (i === 5 ? 1.01 * value : value)));
    expect(identifySums({ ...right, gradWeight: off }).gradWeight).toMatchObject({
      kind: 'unknown',
      explanation: 'It is the right sum, of dy x̂ over the rows, but for one element, at (5).',
    });
  });

  it('names nothing where nothing fits', () => {
    const { gradWeight } = identifySums({ ...caseOf(), gradWeight: randomTensor('noise', [size], 9) });
    expect(gradWeight).toMatchObject({ kind: 'unknown', fitting: [], ambiguous: true });
  });

  it('cannot tell the two apart where x̂ is all ones', () => {
    const { gradWeight } = identifySums({
      spec: { ...defaultSpec('rms_norm'), eps: 0 },
      x: tensor('x', [2, 4], [3, 3, 3, 3, 5, 5, 5, 5]),
      gradOutput: randomTensor('dy', [2, 4], 2),
      gradWeight: tensor('dw', [4], sumOfRows(toFloat64(randomTensor('dy', [2, 4], 2)))),
    });
    expect(gradWeight).toMatchObject({ kind: 'full', ambiguous: true });
    expect(gradWeight!.explanation).toMatch(/cannot tell it from the gradient of the bias/);
  });

  it('asks for gradOutput', () => {
    expect(() => identifySums({ ...caseOf(), gradOutput: undefined })).toThrow(/no gradient of its output/);
  });
});

function sumOfRows(dy: Float64Array): Float64Array {
  return dy.slice(0, 4).map((value, c) => value + dy[4 + c]);
}

it('identifySums finds dγ summed over the features in broken case_10, and dβ right', async () => {
  const cases = await casesOf(await openFixture('dumps/broken/case_10.safetensors'));
  const { gradWeight, gradBias } = identifySums(cases.get('blocks.4.ln2')!);
  expect(gradWeight).toMatchObject({ kind: 'wrong-axis', ambiguous: false });
  expect(gradBias).toMatchObject({ kind: 'full', ambiguous: false });
});

describe('identifySums, of the α of a dyt', () => {
  const shape = [24, size];
  const normCase = {
    spec: defaultSpec('dyt'),
    x: randomTensor('x', shape, 4),
    gradOutput: randomTensor('dy', shape, 5),
    weight: randomTensor('weight', [size], 6),
    alpha: tensor('alpha', [1], [0.8]),
  };
  const [x, dy, weight] = [normCase.x, normCase.gradOutput, normCase.weight].map(toFloat64);
  const sum = (term: (x: number, dy: number, weight: number, slope: number) => number) =>
    x.reduce((total, value, i) => total + term(value, dy[i], weight[i % size], 1 - Math.tanh(0.8 * value) ** 2), 0);
  const found = (value: number) =>
    identifySums({ ...normCase, gradAlpha: tensor('dalpha', [1], Float32Array.of(value), 'float32') }).gradAlpha!;

  it.each([
    ['the right sum', 'full', sum((x, dy, w, slope) => w * dy * x * slope)],
    ['γ is left out', 'no-weight', sum((x, dy, _, slope) => dy * x * slope)],
    ['the slope of tanh, 1 − x̂², is left out', 'unknown', sum((x, dy, w) => w * dy * x)],
    ['the factor x', 'unknown', sum((_, dy, w, slope) => w * dy * slope)],
    ['α stands in place of x', 'unknown', sum((_, dy, w, slope) => w * dy * 0.8 * slope)],
    ['the mean over all elements', 'unknown', sum((x, dy, w, slope) => w * dy * x * slope) / x.length],
  ])('knows %s', (words, kind, value) => {
    const { explanation, fitting } = found(value);
    expect(fitting).toMatchObject([{ kind }]);
    expect(explanation).toContain(words);
  });

  it('fits no factor to a single number', () => {
    const { fitting, explanation } = found(3 * sum((x, dy, w, slope) => w * dy * x * slope));
    expect(fitting).toEqual([]);
    expect(explanation).toMatch(/^It is none of the gradients that were tried/);
  });
});
