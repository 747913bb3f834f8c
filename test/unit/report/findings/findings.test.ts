import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { defaultSpec } from '../../../../src/norm/normSpec';
import { forward } from '../../../../src/norm/forward';
import { ResidualNetwork } from '../../../../src/norm/residualNetwork';
import { Random } from '../../../../src/norm/random';
import { diagnose } from '../../../../src/report/findings/diagnose';
import { findingCodes } from '../../../../src/report/findings/finding';
import { roundTo } from '../../../../src/tensor/roundFloat';
import { toFloat64, type Tensor } from '../../../../src/tensor/tensor';
import { openText } from '../../formats/openText';
import { randomTensor, tensor } from '../../norm/tensors';
import { memoryDump } from '../../../../src/formats/memoryDump';

const cols = 32;

/** A layer_norm with random weight and bias on x, as a recorder would store it. */
function site(x: Tensor, name = 'ln', rest: Partial<Record<'weight' | 'bias', Float64Array>> = {}): Tensor[] {
  // Norms of one network differ.
  const random = new Random(5 + Number(/\d+/.exec(name)?.[0] ?? 0));
  const weight = rest.weight ?? random.normals(cols).map((value) => 1 + 0.1 * value);
  const bias = rest.bias ?? random.normals(cols);
  const { y } = forward(defaultSpec('layer_norm'), x.shape, toFloat64(x), { weight, bias });
  return [
    { ...x, name: `${name}.input` },
    tensor(`${name}.weight`, [cols], weight),
    tensor(`${name}.bias`, [cols], bias),
    tensor(`${name}.output`, x.shape, y),
  ];
}

async function findingsOf(tensors: readonly Tensor[], metadata: Record<string, string> = {}) {
  return (await diagnose(memoryDump(tensors, metadata))).findings;
}

function scaledRows(factors: readonly number[], offset = 0): Tensor {
  const normals = new Random(9).normals(factors.length * cols);
  return tensor(
    'x',
    [factors.length, cols],
    normals.map((value, i) => offset + factors[Math.floor(i / cols)] * value),
  );
}

describe('diagnose of a norm', () => {
  it('says nothing of a healthy one', async () => {
    expect(await findingsOf(site(scaledRows([1, 2, 0.5, 3])))).toEqual([]);
  });

  it('finds rows that hold one value, and rows that eps dominates', async () => {
    const findings = await findingsOf(site(scaledRows([1, 0, 1e-3, 0.02], 3)));
    expect(findings).toMatchObject([
      { code: 'constant-row', severity: 'warning', tensor: 'ln.input', where: { rows: [[1]] } },
      { code: 'eps-dominated', severity: 'warning', tensor: 'ln.input', where: { rows: [[2], [3]] } },
    ]);
    expect(findings[1].message).toMatch(/^In 2 of 4 rows of ln\.input ε 1e-5 is more than 1 %.*in row \(2\)/);
  });

  it('takes rows of zeros for padding, unless no eps keeps them from NaN', async () => {
    const padded = site(scaledRows([1, 0, 2]));
    expect(await findingsOf(padded)).toMatchObject([
      { code: 'constant-row', severity: 'info', where: { rows: [[1]] } },
    ]);
    const [x, weight, bias] = padded;
    const norms = JSON.stringify({ ln: { op: 'layer_norm', eps: 0 } });
    expect(await findingsOf([x, weight, bias], { norms })).toMatchObject([
      { code: 'constant-row', severity: 'warning', message: expect.stringMatching(/without ε the norm makes NaN/) },
    ]);
  });

  it.each([
    ['inside', '1 / √ε'],
    ['outside', '1 / ε'],
  ])('knows the gradient of a constant row with ε %s the root', async (place, gradient) => {
    const norms = JSON.stringify({ ln: { op: 'layer_norm', eps: 1e-5, eps_place: place } });
    const [x, weight, bias] = site(scaledRows([1, 0, 2]));
    const findings = await findingsOf([x, weight, bias], { norms });
    const constant = findings.find(({ code }) => code === 'constant-row');
    expect(constant?.message).toContain(`their gradient is ${gradient} times what comes in`);
  });

  it('finds an input that is normalized already', async () => {
    const x = scaledRows([1, 2, 0.5]);
    const { normalized } = forward({ ...defaultSpec('layer_norm'), eps: 0 }, x.shape, toFloat64(x), {});
    expect(await findingsOf(site({ ...x, values: normalized }))).toMatchObject([
      { code: 'already-normalized', severity: 'warning', tensor: 'ln.input' },
    ]);
  });

  it('finds weights that silence their features, and norms without effect', async () => {
    const weight = new Float64Array(cols).fill(1.5);
    weight[7] = 1e-5;
    expect(await findingsOf(site(scaledRows([1, 2]), 'ln', { weight }))).toMatchObject([
      { code: 'dead-feature', tensor: 'ln.weight', where: { features: [7] } },
    ]);
    const plain = { weight: new Float64Array(cols).fill(1), bias: new Float64Array(cols) };
    expect(await findingsOf(site(scaledRows([1, 2]), 'ln', plain))).toMatchObject([
      { code: 'weight-folded', severity: 'info', tensor: 'ln.weight' },
    ]);
  });

  it('finds features whose weights stand out in most norms', async () => {
    const sites = [0, 1, 2, 3].flatMap((i) => {
      const weight = new Random(i).normals(cols).map((value) => 1 + 0.1 * value);
      weight[19] = 5;
      return site(scaledRows([1, 2]), `blocks.${i}.ln1`, { weight });
    });
    expect(await findingsOf(sites)).toMatchObject([{ code: 'unusual-weight', where: { features: [19] } }]);
  });

  it('finds features whose biases stand out in most norms', async () => {
    const biases = Array.from({ length: 6 }, (_, i) => {
      const bias = new Random(50 + i).normals(cols).map((value) => 0.1 * value);
      bias[11] = 0.9;
      return site(scaledRows([1, 2]), `blocks.${i}.ln1`, { bias });
    });
    expect(await findingsOf(biases.flat())).toMatchObject([
      { code: 'unusual-weight', severity: 'info', tensor: 'blocks.0.ln1.bias', where: { features: [11] } },
    ]);
  });

  it('suggests 1 + weight where weights lie around zero and no output tells', async () => {
    const weight = new Random(3).normals(cols).map((value) => 0.1 * value);
    const [x, w] = site(scaledRows([1, 2]), 'model.norm', { weight });
    expect(await findingsOf([x, w])).toMatchObject([
      { code: 'weight-offset', severity: 'info', tensor: 'model.norm.weight' },
    ]);
  });

  it.each(['{"m.norm": {"op": "rms_norm", "eps": 1e-6, "weight_offset": 1}}', '{}'])(
    'finds that the 1 of weights around zero is added twice, where the file says %s',
    async (norms) => {
      const x = scaledRows([1, 2, 0.5, 3]);
      const weight = new Random(3).normals(cols).map((value) => 0.1 * value);
      const doubled = { weight: weight.map((value) => value + 2) };
      const { y } = forward({ ...defaultSpec('rms_norm'), eps: 1e-6 }, x.shape, toFloat64(x), doubled);
      const tensors = [
        { ...x, name: 'm.norm.input' },
        tensor('m.norm.weight', [cols], weight),
        tensor('m.norm.output', x.shape, y),
      ];
      const [finding] = await findingsOf(tensors, { norms });
      expect(finding).toMatchObject({ code: 'weight-offset', tensor: 'm.norm.output' });
      expect(finding.message).toMatch(/equals it scaled by 2 \+ weight: the 1 is added twice\.$/);
    },
  );

  it('calls another usual convention a fault only where the file states one', async () => {
    const x = scaledRows([0.05, 0.1, 0.2, 0.02]);
    const { y } = forward({ ...defaultSpec('layer_norm'), eps: 1e-6 }, x.shape, toFloat64(x), {});
    const tensors = [{ ...x, name: 'ln.input' }, tensor('ln.output', x.shape, y)];
    const codes = async (metadata = {}) =>
      (await findingsOf(tensors, metadata)).filter(({ severity }) => severity === 'error').map(({ code }) => code);
    expect(await codes()).toEqual([]);
    expect(await codes({ norms: '{"ln": {"op": "layer_norm", "eps": 1e-5}}' })).toEqual(['eps-differs']);
  });

  it('reports an output that no convention makes', async () => {
    const [x, weight, bias, output] = site(scaledRows([1, 2, 3]));
    const other = { ...output, values: new Random(11).normals(output.values.length) };
    const metadata = { norms: '{"ln": {"op": "layer_norm", "eps": 1e-5}}' };
    expect(await findingsOf([x, weight, bias, other], metadata)).toMatchObject([
      { code: 'output-differs', severity: 'error', tensor: 'ln.output' },
    ]);
  });

  it('fits an eps that no library has as its default', async () => {
    const x = scaledRows([0.05, 0.1, 0.2, 0.02]);
    const { y } = forward({ ...defaultSpec('layer_norm'), eps: 3e-4 }, x.shape, toFloat64(x), {});
    const metadata = { norms: '{"ln": {"op": "layer_norm", "eps": 1e-5}}' };
    const [finding] = await findingsOf([{ ...x, name: 'ln.input' }, tensor('ln.output', x.shape, y)], metadata);
    expect(finding).toMatchObject({ code: 'eps-differs', severity: 'error', tensor: 'ln.output' });
    expect(finding.message).toMatch(/with ε 3e-4 instead of 1e-5\.$/);
  });

  it('says which part of a norm the file does not hold, where it is the stated one but for that', async () => {
    const [x, weight, , output] = site(scaledRows([0.1, 1, 2, 3, 4, 5]));
    const metadata = { norms: '{"ln": {"op": "layer_norm", "eps": 1e-5}}' };
    const [finding, ...others] = await findingsOf([x, weight, output], metadata);
    expect(finding).toMatchObject({ code: 'output-differs', severity: 'warning', tensor: 'ln.output' });
    expect(finding.message).toMatch(/and equals it with a bias that the file does not hold\.$/);
    expect(others).toEqual([]);
  });

  it('names the rows of an output that are at odds, where most are right', async () => {
    const [x, weight, bias, output] = site(scaledRows([1, 2, 3, 4]));
    const values = toFloat64(output).map((value, i) => (Math.floor(i / cols) === 2 ? 0 : value));
    expect(await findingsOf([x, weight, bias, { ...output, values }])).toMatchObject([
      { code: 'output-differs', where: { rows: [[2]] }, message: expect.stringMatching(/in 1 of 4 rows, first \(2\)/) },
    ]);
  });

  it('allows a norm that was computed in bfloat16 its rounding, also where it is saved in float32', async () => {
    const round = roundTo('bfloat16');
    const rows = scaledRows([1, 2, 3, 4, 5, 6, 7, 8], 2);
    const x = { ...rows, dtype: 'float32', values: Float32Array.from(toFloat64(rows), round) } as const;
    const [weight, bias] = site(x)
      .slice(1, 3)
      .map((part) => toFloat64(part).map(round));
    const { mean, rstd } = forward(defaultSpec('layer_norm'), x.shape, toFloat64(x), {});
    // As a kernel of PyTorch 1.13 does, every step in bfloat16.
    const y = Float32Array.from(x.values, (value, i) => {
      const row = Math.floor(i / cols);
      const scale = round(rstd[row]);
      const normalized = round(round(value * scale) + round(-round(mean[row]) * scale));
      return round(round(normalized * weight[i % cols]) + bias[i % cols]);
    });
    const output = { name: 'ln.output', dtype: 'float32', shape: x.shape, values: y } as const;
    const parts = [tensor('ln.weight', [cols], weight), tensor('ln.bias', [cols], bias), output];
    const metadata = { norms: '{"ln": {"op": "layer_norm", "eps": 1e-5}}' };
    expect(await findingsOf([{ ...x, name: 'ln.input' }, ...parts], metadata)).toEqual([]);
  });

  it('tells statistics that overflowed in float32 from those that did in float16', async () => {
    const overflown = async (factor: number) => {
      const [x, weight, bias, output] = site(scaledRows([factor, factor]));
      const values = toFloat64(output).map((_, i) => toFloat64(bias)[i % cols]);
      return (await findingsOf([x, weight, bias, { ...output, values }]))[0];
    };
    expect(await overflown(100)).toMatchObject({ code: 'half-statistics', severity: 'error', tensor: 'ln.output' });
    expect(await overflown(1e25)).toMatchObject({ code: 'squares-overflow', severity: 'error', tensor: 'ln.output' });
  });

  it('finds the one norm of a network that is of another kind than those named like it', async () => {
    const x = scaledRows([1, 2, 3], 0.5);
    const weight = Float64Array.from({ length: cols }, (_, i) => 0.8 + i / 100);
    const blocks = ['0', '1', '2'].flatMap((block) => site(x, `blocks.${block}.ln`, { weight }));
    const last = site(x, 'blocks.3.ln', { weight });
    const bias = toFloat64(last[2]);
    const { y } = forward({ ...defaultSpec('rms_norm'), eps: 1e-5 }, x.shape, toFloat64(x), { weight, bias });
    const odd = last.map((part, i) => (i === 3 ? { ...part, values: y } : part));
    expect(await findingsOf([...blocks, ...odd])).toMatchObject([
      { code: 'kind-differs', severity: 'warning', tensor: 'blocks.3.ln.output' },
    ]);
    expect(await findingsOf(odd)).toEqual([]);
  });

  it('reports a norm of each head where one of the whole projection is stated', async () => {
    const x = tensor('q_norm.input', [6, cols], new Random(2).normals(6 * cols));
    const { y } = forward(defaultSpec('rms_norm'), [12, cols / 2], toFloat64(x), {});
    const metadata = { norms: '{"q_norm": {"op": "rms_norm", "eps": 1e-6}}' };
    const [found, ...others] = await findingsOf([x, tensor('q_norm.output', x.shape, y)], metadata);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ code: 'norm-scope', severity: 'error', tensor: 'q_norm.output' });
    expect(found.message).toMatch(/and equals it with each row cut into 2 heads of 16, normalized by themselves\.$/);
  });

  it('reports a group_norm with other groups than stated', async () => {
    const x = tensor('gn.input', [2, 6, 5], new Random(2).normals(60));
    const { y } = forward({ ...defaultSpec('group_norm'), numGroups: 3 }, x.shape, toFloat64(x), {});
    const metadata = { norms: '{"gn": {"op": "group_norm", "eps": 1e-5, "num_groups": 2}}' };
    expect(await findingsOf([x, tensor('gn.output', x.shape, y)], metadata)).toMatchObject([
      { code: 'group-order', severity: 'error', message: expect.stringMatching(/in 3 groups instead of 2\.$/) },
    ]);
  });

  it('reports an input that its norm has written over', async () => {
    const [, weight, bias, output] = site(scaledRows([1, 2, 3]));
    expect(await findingsOf([{ ...output, name: 'ln.input' }, weight, bias, output])).toMatchObject([
      { code: 'input-overwritten', severity: 'warning', tensor: 'ln.input' },
    ]);
  });

  it('passes over a norm whose tensors do not fit, with a note', async () => {
    const metadata = { norms: '{"ln": {"op": "layer_norm", "eps": 1e-5}}' };
    const dump = memoryDump([randomTensor('ln.input', [2, 4], 1), randomTensor('ln.weight', [3], 2)], metadata);
    const { findings, notes, normsExamined } = await diagnose(dump);
    expect([findings, normsExamined]).toEqual([[], 0]);
    expect(notes[0]).toMatch(/^ln was passed over: weight has shape \(3\)/);
  });
});

describe('the notes of a diagnosis', () => {
  it.each([
    ['{"ln": {"op": "cosine_norm"}}', 'ln is stated to be a cosine_norm, which is no known norm; passed over: 1 norm.'],
    ['{"ln": {"op": "group_norm"}}', 'ln is stated to be a group_norm without its num_groups; passed over: 1 norm.'],
    [
      '{"ln": {"op": "layer_norm"}, "ln2": {"op": "layer_norm"}, "ln3": {"op": "rms_norm"}}',
      'ln2 is stated to be a layer_norm, and the dump has no real tensor ln2.input; passed over: 2 norms.',
    ],
    [
      '{"ln": "layer_norm"}',
      expect.stringMatching(/^The metadata norms states no norm that can be read: it should be/),
    ],
    ["{'ln': {'op': 'layer_norm'}}", expect.stringMatching(/^The metadata norms states no norm that can be read/)],
  ])('name the norms that the file states as %s and that are not examined', async (norms, note) => {
    const { notes } = await diagnose(memoryDump(site(scaledRows([1, 2])), { norms }));
    expect(notes[0]).toEqual(note);
  });
});

describe('findingCodes', () => {
  it('can all be silenced by the setting', async () => {
    const { contributes } = JSON.parse(await readFile('package.json', 'utf8'));
    const settings = [contributes.configuration].flat().map(({ properties }) => properties);
    expect(Object.assign({}, ...settings)['normscope.findings.ignore'].items.enum).toEqual([...findingCodes]);
  });
});

describe('diagnose of infinities', () => {
  const scores = tensor('blocks.0.attn.scores', [2, 2], [0, -Infinity, 1, 2]);
  const output = { ...scores, name: 'blocks.0.attn.output' };

  it('takes −Inf in attention scores for a mask', async () => {
    expect(await findingsOf([scores])).toEqual([]);
  });

  it('only warns of −Inf elsewhere, unless an overflow shows in what follows', async () => {
    expect(await findingsOf([output])).toMatchObject([
      { code: 'inf-origin', severity: 'warning', where: { elements: [[0, 1]] } },
    ]);
    const next = tensor('blocks.0.mlp.output', [2], [NaN, 1]);
    expect(await findingsOf([output, next])).toMatchObject([{ code: 'inf-origin', severity: 'error' }]);
  });

  it('names rows of a mask that leave nothing to attend to', async () => {
    const masked = tensor('blocks.0.attn.scores', [2, 2], [0, 1, -Infinity, -Infinity]);
    expect(await findingsOf([masked])).toMatchObject([
      { code: 'inf-origin', severity: 'warning', tensor: 'blocks.0.attn.scores', where: { rows: [[1]] } },
    ]);
    const probabilities = tensor('blocks.0.attn.probs', [2, 2], [0.3, 0.7, NaN, NaN]);
    const [{ code, tensor: name, advice }] = await findingsOf([masked, probabilities]);
    expect([code, name]).toEqual(['nan-origin', 'blocks.0.attn.probs']);
    expect(advice).toMatch(
      /^Look at blocks\.0\.attn\.scores before it: 1 of its rows, first \(1\), are −Inf throughout/,
    );
  });
});

describe('diagnose of a log', () => {
  it('takes for the origin what went wrong in the earliest record, whatever its name', async () => {
    const lines = ['{"loss": 2, "norm": 1}', '{"loss": 2, "norm": Infinity}', '{"loss": NaN, "norm": NaN}'];
    const { findings } = await diagnose(await openText('run.jsonl', lines.join('\n')));
    expect(findings.map(({ code, tensor: name }) => [code, name])).toEqual([
      ['inf-origin', 'norm'],
      ['nan-origin', 'norm'],
    ]);
    expect(findings[0].message).toMatch(/the first at \(1\), and no earlier record does; 1 tensor after it/);
  });

  it.each([
    ['run.jsonl', '{"loss": 2}\n{"loss": 1.5, "eval": 2}\n{"loss": 1}\n'],
    ['run.csv', 'loss,eval\n2,\n1.5,2\n1,\n'],
  ])('takes no value that %s lacks for NaN, but one that it holds', async (name, text) => {
    expect((await diagnose(await openText(name, text))).findings).toEqual([]);
    const { findings } = await diagnose(await openText(name, text.replace('1.5', 'NaN')));
    expect(findings).toMatchObject([{ code: 'nan-origin' }]);
    expect(findings[0].message).toMatch(/ holds 1 NaN/);
  });
});

describe('diagnose of activations', () => {
  it('finds features of the stream that are the same for all tokens, where they are first', async () => {
    const constant = (feature: number, seed: number) =>
      tensor(
        'x',
        [12, cols],
        new Random(seed).normals(12 * cols).map((value, i) => (i % cols === feature ? 0.3 : value)),
      );
    const blocks = [1, 2].flatMap((seed) => site(constant(6, seed), `blocks.${seed}.ln1`));
    expect(await findingsOf(blocks)).toMatchObject([
      { code: 'dead-feature', severity: 'warning', tensor: 'blocks.1.ln1.input', where: { features: [6] } },
    ]);
  });

  it('does not call features dead that a ReLU has not passed, or that differ by less than the format resolves', async () => {
    const relu = tensor(
      'x',
      [12, cols],
      new Random(1).normals(12 * cols).map((value, i) => (i % cols === 6 ? 0 : Math.abs(value))),
    );
    expect(await findingsOf(site(relu))).toEqual([]);
    const offset = tensor(
      'x',
      [12, cols],
      Float32Array.from(relu.values as Float64Array, (value, i) => 1e7 * (i % 3) - value),
      'float32',
    );
    expect((await findingsOf(site(offset))).filter(({ code }) => code === 'dead-feature')).toEqual([]);
  });

  it.each(['none', 'pre', 'post'] as const)(
    'tells exponential growth of the stream from that of √depth: %s',
    async (placement) => {
      const network = { blocks: 12, width: 64, tokens: 8, placement, init: 'xavier', seed: 3 } as const;
      const { streams } = new ResidualNetwork(network, new Random(3)).forward(new Random(4).normals(8 * 64));
      const tensors = streams
        .filter((_, i) => i % 2 === 0)
        .slice(1)
        .map((values, block) => tensor(`blocks.${block}.resid_post`, [8, 64], values));
      const findings = await findingsOf(tensors);
      expect(findings.map(({ code }) => code)).toEqual(placement === 'none' ? ['residual-growth'] : []);
    },
  );

  it('finds features that stand out through the network', async () => {
    const layers = Array.from({ length: 6 }, (_, i) => {
      const values = new Random(i).normals(40 * cols);
      for (let row = 0; i >= 2 && row < 40; row++) {
        values[row * cols + 3] = 30;
      }
      return tensor(`blocks.${i}.resid_post`, [40, cols], values);
    });
    expect(await findingsOf(layers)).toMatchObject([
      { code: 'outlier-feature', tensor: 'blocks.2.resid_post', where: { features: [3] } },
    ]);
  });

  it('does not take a stream that is large throughout for one with outliers', async () => {
    const layers = Array.from({ length: 6 }, (_, i) =>
      tensor(
        `blocks.${i}.resid_post`,
        [40, cols],
        new Random(i).normals(40 * cols).map((value) => 20 * value),
      ),
    );
    expect(await findingsOf(layers)).toEqual([]);
  });
});
