import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/norm/random';
import { depthOf } from '../../../src/report/depthOf';
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

  it('has nothing to say of a dump without layers', async () => {
    expect(await depthOf(memoryDump([tensor('x', [2], [1, 2])]))).toEqual({
      series: [],
      stream: undefined,
      growth: undefined,
      neighbourCosine: [],
      placement: undefined,
      spread: [],
      orderGuessed: true,
    });
  });
});
