import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/norm/random';
import { depthOf } from '../../../src/report/depthOf';
import { depthView } from '../../../src/report/depthView';
import { openText } from '../formats/openText';
import { openFixture } from '../norm/dumps';
import { tensor } from '../norm/tensors';
import { memoryDump } from '../../../src/formats/memoryDump';

describe('depthOf a recorded transformer', () => {
  it.each([
    ['preln', 'pre'],
    ['rms', 'pre'],
    ['rms_bf16', 'pre'],
    ['postln', 'post'],
    ['compare/reference', 'pre'],
    ['compare/port_bf16', 'pre'],
  ])('sees in the data of %s that its norms stand %s', async (name, placement) => {
    const report = await depthOf(await openFixture(`dumps/${name}.safetensors`));
    expect(report).toMatchObject({ placement, stream: 'blocks.*.resid_post', orderGuessed: false, spread: [] });
  });

  it('follows every kind of tensor through the blocks', async () => {
    const { series, growth, neighbourCosine } = await depthOf(await openFixture('dumps/preln.safetensors'));
    const stream = series.find(({ pattern }) => pattern === 'blocks.*.resid_post')!;
    expect(stream).toMatchObject({ kind: 'activation', blocks: [0, 1, 2, 3, 4, 5], nan: [0, 0, 0, 0, 0, 0] });
    expect(stream.rms.map((rms, i) => rms ** 2 - stream.mean[i] ** 2 - stream.variance[i])).toEqual(
      stream.rms.map(() => expect.closeTo(0, 12)),
    );
    expect(series.find(({ pattern }) => pattern === 'blocks.*.ln1.grad_input')?.kind).toBe('gradient');
    expect(series.find(({ pattern }) => pattern === 'blocks.*.ln2.weight')?.kind).toBe('parameter');
    // Training has made the blocks undo each other: the stream hardly grows.
    expect(Math.abs(growth!.exponent)).toBeLessThan(0.2);
    expect(neighbourCosine).toHaveLength(5);
    neighbourCosine.forEach((cosine) => expect(cosine).toBeGreaterThan(0.5));
  });

  it('tells how NaN spreads', async () => {
    const { spread } = await depthOf(await openFixture('dumps/broken/case_11.safetensors'));
    expect(spread).toHaveLength(18);
    expect(spread.slice(0, 3)).toMatchObject([
      { name: 'blocks.3.attn.output', nan: 1, inf: 0, share: 1 / 1536 },
      { name: 'blocks.3.resid_mid', nan: 1 },
      { name: 'blocks.3.ln2.output', nan: 128 },
    ]);
  });
});

describe('depthOf a network with padding and NaN', () => {
  it('takes the cosine of layers over the rows that point somewhere', async () => {
    const stream = (block: number, ...rows: number[][]) =>
      tensor(`blocks.${block}.resid_post`, [rows.length, 2], rows.flat());
    const report = await depthOf(
      memoryDump([
        stream(0, [1, 0], [0, 0], [1, 1]),
        stream(1, [1, 1], [0, 0], [NaN, 1]),
        stream(2, [NaN, 1], [0, 0], [NaN, NaN]),
      ]),
    );
    expect(report.neighbourCosine).toEqual([expect.closeTo(Math.SQRT1_2, 12), NaN]);
    const { sentences } = depthView(report, undefined);
    expect(sentences.map(({ text }) => text)).toContainEqual(expect.stringMatching(/a cosine of 0\.707 on average/));
  });
});

describe('depthOf several training steps', () => {
  const layers = (step: number, scale: number, bad?: number) =>
    [0, 1, 2].flatMap((block) => {
      const values = new Random(step + block).normals(8).map((value) => scale * value);
      values[3] = block === bad ? NaN : values[3];
      return [
        tensor(`step${step}.blocks.${block}.resid_post`, [2, 4], values),
        tensor(`step${step}.blocks.${block}.mlp.grad_weight`, [4], Float64Array.of(scale, 0, 0, 0)),
      ];
    });

  it('finds the first step and layer with NaN, and follows the layers of the last step', async () => {
    const report = await depthOf(memoryDump([...layers(20, 4, 1), ...layers(3, 1), ...layers(10, 2, 2)]));
    expect(report.steps).toMatchObject([
      { step: 3, tensors: 6, nan: 0, gradientNorm: Math.sqrt(3) },
      { step: 10, nan: 1, firstBad: 'step10.blocks.2.resid_post' },
      { step: 20, nan: 1, firstBad: 'step20.blocks.1.resid_post', gradientNorm: 4 * Math.sqrt(3) },
    ]);
    expect(report.spread.map(({ name }) => name)).toEqual(['step10.blocks.2.resid_post', 'step20.blocks.1.resid_post']);
    expect(report.stream).toBe('step20.blocks.*.resid_post');
    expect(report.series.map(({ blocks }) => blocks)).toEqual([
      [0, 1, 2],
      [0, 1, 2],
    ]);
  });

  it('shows them by step', async () => {
    const { sentences, charts, tables } = depthView(
      await depthOf(memoryDump([...layers(3, 1), ...layers(10, 2, 2)])),
      undefined,
    );
    expect(sentences.map(({ text }) => text)).toContain(
      'Of the training steps, 10 is the first with NaN or Inf: 1 NaN, from step10.blocks.2.resid_post on.',
    );
    expect(charts.at(-1)).toMatchObject({ title: 'Largest |x| and gradient norm by training step' });
    expect([...charts.at(-1)!.x.positions]).toEqual([3, 10]);
    expect(tables.at(-1)?.rows.map(([step]) => step)).toEqual([3, 10]);
  });

  it('takes one step for none', async () => {
    const { steps, series } = await depthOf(memoryDump(layers(100, 1)));
    expect([steps, series.map(({ pattern }) => pattern)]).toEqual([
      [],
      ['step100.blocks.*.resid_post', 'step100.blocks.*.mlp.grad_weight'],
    ]);
  });
});

describe('depthOf', () => {
  it('measures the growth of a stream of independent branches as the root of the depth', async () => {
    const random = new Random(2);
    const count = 4096;
    let stream = random.normals(count);
    const tensors = Array.from({ length: 12 }, (_, i) => {
      const branch = random.normals(count);
      stream = i === 0 ? stream : stream.map((value, at) => value + branch[at]);
      return tensor(`layers.${i}.resid_post`, [64, 64], stream);
    });
    const { growth, neighbourCosine, placement } = await depthOf(memoryDump(tensors));
    expect(growth?.exponent).toBeCloseTo(0.5, 1);
    neighbourCosine.forEach((cosine, i) => expect(cosine).toBeCloseTo(Math.sqrt((i + 1) / (i + 2)), 1));
    expect(placement).toBeUndefined();
  });

  it('follows NaN through a log by its records, and takes none for a value that a record lacks', async () => {
    const lines = ['{"rms.0": 1, "rms.1": 1}', '{"rms.0": 1, "rms.1": NaN}', '{"rms.0": NaN}'];
    const { spread } = await depthOf(await openText('run.jsonl', lines.join('\n')));
    expect(spread).toEqual([
      { name: 'rms.1', nan: 1, inf: 0, share: 1 / 2 },
      { name: 'rms.0', nan: 1, inf: 0, share: 1 / 3 },
    ]);
  });

  it('does not take the −Inf of a mask for a fault that spreads', async () => {
    const scores = (block: number) => tensor(`blocks.${block}.attn.scores`, [2, 2], [0, -Infinity, 1, 2]);
    expect((await depthOf(memoryDump([scores(0), scores(1)]))).spread).toEqual([]);
  });

  it('has nothing to say of a dump without layers', async () => {
    expect(await depthOf(memoryDump([tensor('x', [2], [1, 2])]))).toEqual({
      steps: [],
      series: [],
      stream: undefined,
      growth: undefined,
      exponentialGrowth: undefined,
      neighbourCosine: [],
      placement: undefined,
      spread: [],
      orderGuessed: true,
    });
  });
});
