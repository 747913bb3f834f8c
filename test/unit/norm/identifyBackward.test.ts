import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { backward, splitGradient, type GradientParts } from '../../../src/norm/backward';
import type { BackwardKind } from '../../../src/norm/backwardHypotheses';
import { forward } from '../../../src/norm/forward';
import { rowGeometry } from '../../../src/norm/geometry';
import { identifyBackward } from '../../../src/norm/identifyBackward';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec, normKinds, type NormSpec } from '../../../src/norm/normSpec';
import { toFloat64 } from '../../../src/tensor/tensor';
import { casesOf, openFixture } from './dumps';
import { loadNormFixture } from './normFixtures';
import { randomTensor, tensor } from './tensors';

const rows = 6;
const cols = 32;

/** A float32 case without gradInput: x has a mean far from zero, dy and γ vary. */
function caseOf(change: Partial<NormSpec> = {}): NormCase {
  const x = toFloat64(randomTensor('x', [rows, cols], 1)).map((value) => 2 + value);
  return {
    spec: { ...defaultSpec('layer_norm'), ...change },
    x: tensor('x', [rows, cols], x),
    gradOutput: randomTensor('dy', [rows, cols], 2),
    weight: randomTensor('weight', [cols], 3),
  };
}

function withGradient(normCase: NormCase, values: Float64Array): NormCase {
  return { ...normCase, gradInput: tensor('dx', normCase.x.shape, Float32Array.from(values), 'float32') };
}

/** The gradient put together from its parts, by row. */
function withParts(normCase: NormCase, combine: (parts: GradientParts, c: number, row: number) => number): NormCase {
  const { spec, x, gradOutput, weight } = normCase;
  const geometry = rowGeometry(spec, x.shape);
  const values = Array.from({ length: rows }, (_, row) => {
    const affine = { weight: weight && toFloat64(weight) };
    const parts = splitGradient(spec, geometry, toFloat64(x), toFloat64(gradOutput!), affine, row);
    return Array.from({ length: cols }, (__, c) => combine(parts, c, row));
  });
  return withGradient(normCase, Float64Array.from(values.flat()));
}

function rightGradient({ spec, x, gradOutput, weight }: NormCase): Float64Array {
  const affine = { weight: weight && toFloat64(weight) };
  return backward(spec, x.shape, toFloat64(x), toFloat64(gradOutput!), affine).gradInput;
}

describe('identifyBackward', () => {
  it('names both of two mistakes at once', () => {
    const { weight, ...unweighted } = caseOf();
    const naive = withParts(unweighted, ({ heldConstant }, c) => heldConstant[c]);
    const { kind, ambiguous, explanation } = identifyBackward({ ...naive, weight });
    expect([kind, ambiguous]).toEqual(['naive', false]);
    expect(explanation).toBe(
      'It is the gradient with mean and variance held constant, and with the weight γ left out.',
    );
  });

  it('names the gradient of an x that was rounded in print, right or wrong', () => {
    const exact = caseOf();
    const step = 1e-4;
    // Rows of small spread, so that the rounding of x shows.
    const near = toFloat64(exact.x).map((value) => 0.02 * value);
    const original = { ...exact, x: tensor('x', [rows, cols], near) };
    const rounded = near.map((value) => Math.round(value / step) * step);
    const printed = { ...tensor('x', [rows, cols], rounded), resolution: step };
    const kindOf = (normCase: NormCase) => identifyBackward({ ...normCase, x: printed }).kind;
    expect(kindOf(withGradient(original, rightGradient(original)))).toBe('full');
    expect(kindOf(withParts(original, ({ heldConstant }, c) => heldConstant[c]))).toBe('naive');
    expect(
      identifyBackward({ ...withGradient(original, rightGradient(original)), x: tensor('x', [rows, cols], rounded) })
        .kind,
    ).toBe('unknown');
  });

  const mistakes: [BackwardKind, (part: GradientParts, c: number) => number][] = [
    ['full', ({ full }, c) => full[c]],
    ['naive', ({ heldConstant }, c) => heldConstant[c]],
    ['mean-only', ({ heldConstant, meanCorrection }, c) => heldConstant[c] + meanCorrection[c]],
    ['variance-only', ({ heldConstant, varianceCorrection }, c) => heldConstant[c] + varianceCorrection[c]],
  ];
  it.each(mistakes)('names %s', (kind, combine) => {
    const found = identifyBackward(withParts(caseOf(), combine));
    expect(found).toMatchObject({ kind, ambiguous: false, rowsJudged: rows });
    expect(found.candidates[0].relError).toBeLessThan(1e-6);
  });

  it('names the gradient of an rms_norm behind a layer_norm', () => {
    const normCase = caseOf();
    const wrong = rightGradient({ ...normCase, spec: defaultSpec('rms_norm') });
    expect(identifyBackward(withGradient(normCase, wrong))).toMatchObject({ kind: 'uncentered', ambiguous: false });
  });

  it('names x · rstd where x̂ was meant', () => {
    const normCase = caseOf();
    const { rstd } = forward(normCase.spec, [rows, cols], toFloat64(normCase.x), {});
    const found = identifyBackward(
      withParts(normCase, ({ heldConstant, meanCorrection }, c, row) => {
        const uncentred = (i: number) => toFloat64(normCase.x)[row * cols + i] * rstd[row];
        const projection = heldConstant.reduce((sum, value, i) => sum + value * uncentred(i), 0) / cols;
        return heldConstant[c] + meanCorrection[c] - uncentred(c) * projection;
      }),
    );
    expect(found).toMatchObject({ kind: 'uncentered', ambiguous: false });
    expect(found.explanation).toBe('It is the gradient with x · rstd in place of x̂: the mean is not subtracted.');
  });

  it('says that the means were left as sums', () => {
    const summed = withParts(
      caseOf(),
      (part, c) => part.heldConstant[c] + cols * (part.meanCorrection[c] + part.varianceCorrection[c]),
    );
    expect(identifyBackward(summed)).toMatchObject({
      kind: 'unknown',
      ambiguous: false,
      explanation: 'It is the gradient with sums in place of the means of g and g x̂.',
    });
  });

  it('names a weight left out and one applied twice', () => {
    const normCase = caseOf();
    const squared = tensor(
      'weight',
      [cols],
      toFloat64(normCase.weight!).map((value) => value * value),
    );
    const without = withGradient(normCase, rightGradient({ ...normCase, weight: undefined }));
    const twice = withGradient(normCase, rightGradient({ ...normCase, weight: squared }));
    expect(identifyBackward(without)).toMatchObject({ kind: 'no-weight', ambiguous: false });
    expect(identifyBackward(twice)).toMatchObject({ kind: 'weight-twice', ambiguous: false });
  });

  it('finds the constant that a gradient was scaled by', () => {
    const normCase = caseOf();
    const found = identifyBackward(
      withGradient(
        normCase,
        rightGradient(normCase).map((value) => value / rows),
      ),
    );
    expect(found).toMatchObject({ kind: 'scaled', ambiguous: false });
    expect(found.candidates[0].factor).toBeCloseTo(1 / rows, 6);
    expect(found.explanation).toBe('It is the right gradient, times 0.166667.');
  });

  it('names what is scaled where it is wrong besides', () => {
    const { kind, explanation } = identifyBackward(withParts(caseOf(), (part, c) => -2 * part.heldConstant[c]));
    expect(kind).toBe('scaled');
    expect(explanation).toBe('It is the gradient with mean and variance held constant, times -2.');
  });

  it('cannot tell a missing weight from a scaled gradient where γ is constant', () => {
    const constant = { ...caseOf(), weight: tensor('weight', [cols], new Float64Array(cols).fill(2)) };
    const found = identifyBackward(withGradient(constant, rightGradient({ ...constant, weight: undefined })));
    expect(found.ambiguous).toBe(true);
    expect(found.fitting.map(({ kind }) => kind)).toEqual(['no-weight', 'scaled']);
    expect(found.explanation).toMatch(/cannot tell it from the right gradient, times 0.5/);
  });

  it('cannot tell the variance correction from a loss that sums y', () => {
    const ones = {
      ...caseOf(),
      weight: undefined,
      gradOutput: tensor('dy', [rows, cols], new Float64Array(rows * cols).fill(1)),
    };
    const found = identifyBackward(withGradient(ones, rightGradient(ones)));
    expect(found).toMatchObject({ kind: 'full', ambiguous: true });
    expect(found.fitting.map(({ kind }) => kind)).toContain('mean-only');
    expect(found.explanation).toMatch(/A random gradOutput/);
  });

  it('names nothing where nothing fits', () => {
    const noise = toFloat64(randomTensor('dx', [rows, cols], 9));
    const found = identifyBackward(withGradient(caseOf(), noise));
    expect(found).toMatchObject({ kind: 'unknown', fitting: [], ambiguous: true });
    expect(found.explanation).toMatch(/^It is none of the gradients that were tried; the nearest, /);
  });

  it('says that zero gradients and NaN tell nothing', () => {
    const zero = { ...caseOf(), gradOutput: tensor('dy', [rows, cols], new Float64Array(rows * cols)) };
    const found = identifyBackward(withGradient(zero, new Float64Array(rows * cols)));
    expect(found).toMatchObject({ kind: 'unknown', ambiguous: true, rowsJudged: 0 });
    expect(found.explanation).toMatch(/^No row has a gradient/);
  });

  it('asks for both gradients', () => {
    expect(() => identifyBackward(caseOf())).toThrow(/name both/);
  });
});

describe('identifyBackward, on every kind', () => {
  const shape = [4, 6, 5];
  it.each(normKinds)('%s: right, and with γ left out', (kind) => {
    const spec = { ...defaultSpec(kind), numGroups: 3 };
    const { affineShape } = rowGeometry(spec, shape);
    const normCase: NormCase = {
      spec,
      x: randomTensor('x', shape, 4),
      gradOutput: randomTensor('dy', shape, 5),
      weight: tensor(
        'weight',
        affineShape,
        affineShape.length === 0 ? [1.7] : toFloat64(randomTensor('w', affineShape, 6)),
      ),
    };
    expect(identifyBackward(withGradient(normCase, rightGradient(normCase)))).toMatchObject({
      kind: 'full',
      ambiguous: false,
    });
    const without = identifyBackward(withGradient(normCase, rightGradient({ ...normCase, weight: undefined })));
    expect(without.kind).toBe('no-weight');
    // The one scalar of scale_norm is a constant like any other.
    expect(without.ambiguous).toBe(kind === 'scale_norm');
  });

  it('finds the gradient of training behind a batch_norm in evaluation', () => {
    const normCase: NormCase = {
      spec: defaultSpec('batch_norm'),
      x: randomTensor('x', shape, 4),
      gradOutput: randomTensor('dy', shape, 5),
      runningMean: randomTensor('mean', [6], 6),
      runningVar: tensor('var', [6], [1, 2, 3, 1, 2, 3]),
    };
    const trained = rightGradient({ ...normCase, spec: { ...normCase.spec, training: true } });
    const found = identifyBackward(withGradient(normCase, trained));
    expect(found).toMatchObject({ kind: 'unknown', ambiguous: false });
    expect(found.explanation).toMatch(/^It is the gradient of training/);
  });
});

/** The wrong gradients that PyTorch's formulas were made to give, by their names in the fixtures. */
const recorded: [name: string, array: string, kind: BackwardKind][] = [
  ...['layer_norm_basic', 'layer_norm_wide', 'layer_norm_multi', 'layer_norm_bfloat16', 'layer_norm_float32'].flatMap(
    (name): [string, string, BackwardKind][] => [
      [name, 'dx', 'full'],
      [name, 'dx_naive', 'naive'],
      [name, 'dx_mean_only', 'mean-only'],
      [name, 'dx_var_only', 'variance-only'],
    ],
  ),
  ['rms_norm_basic', 'dx', 'full'],
  ['rms_norm_basic', 'dx_naive', 'naive'],
  ['rms_norm_basic', 'dx_extra_mean', 'unknown'],
  ['layer_norm_bfloat16', 'dx_kernel', 'full'],
  ['rms_norm_llama_bfloat16', 'dx_kernel', 'full'],
];

it.each(recorded)('identifyBackward, on %s: %s is %s', async (name, array, kind) => {
  const fixture = await loadNormFixture(name);
  const { spec, shape, parameters } = fixture;
  const { affineShape } = rowGeometry(spec, shape);
  const found = identifyBackward({
    spec,
    x: tensor('x', shape, fixture.array('x')),
    gradOutput: tensor('dy', shape, fixture.array('dy')),
    gradInput: tensor('dx', shape, fixture.array(array)),
    weight: parameters.weight && tensor('weight', affineShape, parameters.weight),
  });
  expect(found.fitting[0]?.kind, found.explanation).toBe(kind);
});

const answers = JSON.parse(readFileSync('test/fixtures/dumps/broken/answers.json', 'utf8'));
const planted: Record<string, BackwardKind> = {
  backward_no_variance_correction: 'mean-only',
  backward_no_mean_correction: 'variance-only',
  backward_naive: 'naive',
};

it.each(['case_06', 'case_07', 'case_08', 'case_16'])('identifyBackward, on broken %s', async (key) => {
  const { file, faults, healthy_sites } = answers[key];
  const cases = await casesOf(await openFixture(`dumps/broken/${file}`));
  for (const { site, kind } of faults) {
    expect(identifyBackward(cases.get(site)!)).toMatchObject({ kind: planted[kind], ambiguous: false });
  }
  for (const site of healthy_sites) {
    expect(identifyBackward(cases.get(site)!)).toMatchObject({ kind: 'full', ambiguous: false });
  }
});
