import { describe, expect, it } from 'vitest';
import { findCases, roleOf, type NamedShape } from '../../../src/norm/sites';
import type { Shape } from '../../../src/tensor/shape';

/** A file's listing from name and shape. */
function listing(shapes: Readonly<Record<string, Shape>>): NamedShape[] {
  return Object.entries(shapes).map(([name, shape]) => ({ name, dtype: 'float32', shape }));
}

describe('roleOf', () => {
  it.each([
    ['x', 'x'],
    ['input', 'x'],
    ['blocks.0.ln1.input', 'x'],
    ['weight', 'weight'],
    ['gamma', 'weight'],
    ['model/ln/scale', 'weight'],
    ['ln1_w', 'weight'],
    ['beta', 'bias'],
    ['dy', 'gradOutput'],
    ['grad_output', 'gradOutput'],
    ['gradOutput', 'gradOutput'],
    ['blocks.0.ln1.grad_output', 'gradOutput'],
    ['ln1_grad_out', 'gradOutput'],
    ['dx', 'gradInput'],
    ['dgamma', 'gradWeight'],
    ['grad_weight', 'gradWeight'],
    ['dbeta', 'gradBias'],
    ['Y', 'output'],
    ['bn1.running_var', 'runningVar'],
    ['bn1.num_batches_tracked', 'numBatchesTracked'],
    ['blocks.0.norm1.grad_alpha', 'gradAlpha'],
  ] as const)('%s is %s', (name, role) => {
    expect(roleOf(name)).toBe(role);
  });

  it.each(['dx_naive', 'y_hp', 'eps', 'max', 'inputs2', 'tokens', '', '__proto__'])('%s is none', (name) => {
    expect(roleOf(name)).toBeUndefined();
  });
});

describe('findCases with metadata', () => {
  const tensors = listing({
    tokens: [2, 5],
    'ln_f.input': [2, 5, 8],
    'ln_f.weight': [8],
    'a.norm.input': [2, 5, 8],
    'a.norm.weight': [8],
    'a.norm.grad_output': [2, 5, 8],
  });

  it('takes kind and eps from it, in the order of the file', () => {
    const norms = JSON.stringify({
      'a.norm': { op: 'rms_norm', eps: 1e-6 },
      ln_f: { op: 'layer_norm', eps: 1e-3 },
    });
    expect(findCases(tensors, { norms })).toEqual([
      {
        site: 'ln_f',
        kind: 'layer_norm',
        eps: 1e-3,
        stated: { eps: 1e-3 },
        guessed: false,
        tensors: { x: 'ln_f.input', weight: 'ln_f.weight' },
      },
      {
        site: 'a.norm',
        kind: 'rms_norm',
        eps: 1e-6,
        stated: { eps: 1e-6 },
        guessed: false,
        tensors: { x: 'a.norm.input', weight: 'a.norm.weight', gradOutput: 'a.norm.grad_output' },
      },
    ]);
  });

  it('leaves out sites of a kind that is not known', () => {
    const norms = JSON.stringify({ 'a.norm': { op: 'power_norm', eps: 1e-5 } });
    expect(findCases(tensors, { norms }).map(({ site }) => site)).toEqual(['ln_f']);
  });

  it('takes over what is stated of the convention, and leaves out a group_norm without its groups', () => {
    const files = listing({ 'a.input': [2, 6, 5], 'a.weight': [6], 'b.input': [2, 6, 5], 'b.weight': [6] });
    const norms = JSON.stringify({ a: { op: 'group_norm', eps: 1e-5, num_groups: 3 }, b: { op: 'group_norm' } });
    expect(findCases(files, { norms })).toMatchObject([{ site: 'a', kind: 'group_norm', stated: { numGroups: 3 } }]);
  });

  it('keeps a stated norm whose weight does not fit, for the person to be told', () => {
    const norms = JSON.stringify({ s: { op: 'layer_norm', eps: 1e-5 } });
    const misfit = listing({ 's.input': [2, 8], 's.weight': [7] });
    expect(findCases(misfit, { norms })[0].tensors.weight).toBe('s.weight');
    expect(findCases(misfit)).toEqual([]);
  });

  it.each([
    '',
    '{',
    'null',
    '[1]',
    '{"ln_f": null}',
    '{"ln_f": {"op": 5}}',
    '{"ln_f": {"op": "layer_norm", "eps": 1e999}}',
    '{"__proto__": {"op": "rms_norm"}}',
  ])('guesses where it cannot be read: %s', (norms) => {
    const cases = findCases(tensors, { norms });
    expect(cases.map(({ site, guessed }) => [site, guessed])).toEqual([
      ['ln_f', true],
      ['a.norm', true],
    ]);
  });

  it('says that eps is guessed where only the kind is stated', () => {
    const norms = JSON.stringify({ ln_f: { op: 'rms_norm', eps: 'small' } });
    expect(findCases(tensors, { norms })[0]).toMatchObject({ kind: 'rms_norm', eps: 1e-6, guessed: true });
  });
});

describe('findCases without metadata', () => {
  it('bare names are one case', () => {
    const cases = findCases(listing({ x: [3, 8], weight: [8], bias: [8], dy: [3, 8], y: [3, 8], dx_naive: [3, 8] }));
    expect(cases).toEqual([
      {
        site: '',
        kind: 'layer_norm',
        eps: 1e-5,
        guessed: true,
        tensors: { x: 'x', weight: 'weight', bias: 'bias', gradOutput: 'dy', output: 'y' },
      },
    ]);
  });

  it.each([
    ['s', { weight: [8], bias: [8] }, 'layer_norm', 1e-5],
    ['s', { weight: [8] }, 'rms_norm', 1e-6],
    ['rms', { weight: [8], bias: [8] }, 'rms_norm', 1e-6],
    ['ln_f', { weight: [8] }, 'layer_norm', 1e-5],
    ['decoder/layer_norm', { scale: [8] }, 'layer_norm', 1e-5],
    ['norm1', {}, 'layer_norm', 1e-5],
    ['norms.1', { weight: [8], bias: [8] }, 'layer_norm', 1e-5],
    ['LlamaRMSNorm', { weight: [8], bias: [8] }, 'rms_norm', 1e-6],
    ['final_rms_norm', {}, 'rms_norm', 1e-6],
  ] as const)('%s with %j is %s', (site, shapes, kind, eps) => {
    const others = Object.fromEntries(Object.entries(shapes).map(([name, shape]) => [`${site}.${name}`, shape]));
    expect(findCases(listing({ [`${site}.input`]: [3, 8], ...others }))).toMatchObject([{ site, kind, eps }]);
  });

  it('a linear layer, a lone tensor and two activations are none', () => {
    expect(findCases(listing({ 'fc.input': [3, 8], 'fc.weight': [4, 8], 'fc.bias': [4] }))).toEqual([]);
    expect(findCases(listing({ 'fc.input': [3, 8], 'fc.weight': [8, 8], 'fc.bias': [8] }))).toEqual([]);
    expect(findCases(listing({ x: [3, 8] }))).toEqual([]);
    expect(findCases(listing({ 'attn.input': [3, 8], 'attn.output': [3, 8] }))).toEqual([]);
    expect(findCases(listing({ weight: [8], bias: [8] }))).toEqual([]);
  });

  it('takes a weight over several axes', () => {
    const cases = findCases(listing({ x: [2, 3, 4, 8], weight: [4, 8], dweight: [4, 8], dbias: [8] }));
    expect(cases[0].tensors).toEqual({ x: 'x', weight: 'weight', gradWeight: 'dweight' });
  });

  it('leaves out what does not fit', () => {
    const cases = findCases(listing({ x: [3, 8], weight: [8], y: [3], dy: [8, 3] }));
    expect(cases[0].tensors).toEqual({ x: 'x', weight: 'weight' });
  });

  it('normalizes no complex numbers', () => {
    const tensors = listing({ x: [3, 8], weight: [8] });
    expect(findCases(tensors.map((tensor) => ({ ...tensor, dtype: 'complex64' })))).toEqual([]);
  });

  it('takes the first of two tensors of one role', () => {
    expect(findCases(listing({ x: [3, 8], gamma: [8], weight: [8] }))[0].tensors.weight).toBe('gamma');
  });

  it('is not confused by names that objects have', () => {
    const names = listing({ 'constructor.input': [3, 8], 'constructor.weight': [8], 'toString.weight': [8] });
    expect(findCases(names)).toMatchObject([{ site: 'constructor' }]);
    const inherited: Record<string, string> = Object.create({ norms: '{"constructor": {"op": "batch_norm"}}' });
    expect(findCases(names, inherited)).toHaveLength(1);
  });
});

it('guesses a dyt from its scalar α', () => {
  const tensors = listing({ 'n.input': [4, 8], 'n.weight': [8], 'n.bias': [8], 'n.alpha': [1], 'n.grad_alpha': [1] });
  expect(findCases(tensors)).toMatchObject([{ kind: 'dyt', tensors: { alpha: 'n.alpha', gradAlpha: 'n.grad_alpha' } }]);
});

it('guesses a batch_norm from running statistics or its name, by the channels of x', () => {
  const files = listing({
    'l.1.input': [4, 3, 5, 5],
    'l.1.weight': [3],
    'l.1.bias': [3],
    'l.1.running_mean': [3],
    'l.1.running_var': [3],
    'bn2.input': [4, 6],
    'bn2.weight': [6],
  });
  expect(findCases(files)).toMatchObject([
    { site: 'l.1', kind: 'batch_norm', guessed: true, tensors: { runningMean: 'l.1.running_mean' } },
    { site: 'bn2', kind: 'batch_norm', tensors: { weight: 'bn2.weight' } },
  ]);
});
