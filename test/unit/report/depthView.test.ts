import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { memoryDump } from '../../../src/formats/memoryDump';
import { openDump } from '../../../src/formats/openDump';
import { depthOf } from '../../../src/report/depthOf';
import { depthView } from '../../../src/report/depthView';
import { simulationView } from '../../../src/report/simulationView';
import { tensor } from '../norm/tensors';

async function depthOfFile(path: string) {
  return depthOf(await openDump(new MemorySource(await readFile(path)), path));
}

describe('depthView', () => {
  it('charts the residual stream, or the kind of tensor that was chosen', async () => {
    const report = await depthOfFile('test/fixtures/dumps/preln.safetensors');
    const titles = (pattern?: string) => depthView(report, pattern).charts.map(({ title }) => title);
    expect(titles()[0]).toBe('RMS and largest |x| of blocks.*.resid_post');
    expect(titles('blocks.*.ln1.weight')[0]).toBe('RMS and largest |x| of blocks.*.ln1.weight');
  });

  it('says where the norms stand and how the stream grows', async () => {
    const { sentences } = depthView(await depthOfFile('test/fixtures/dumps/preln.safetensors'), undefined);
    const text = sentences.map((sentence) => sentence.text).join(' ');
    expect(text).toContain('the norms stand before the branches');
    expect(text).toMatch(/goes as depth\^-?\d\.\d\d/);
  });

  it('says by which factor a stream grows that grows exponentially', async () => {
    const blocks = Array.from({ length: 6 }, (_, i) =>
      tensor(
        `blocks.${i}.resid_post`,
        [2, 2],
        [1, 2, 3, -4].map((x) => x * 1.5 ** i),
      ),
    );
    const { charts, sentences } = depthView(await depthOf(memoryDump(blocks)), undefined);
    const text = sentences.map((sentence) => sentence.text).join(' ');
    expect(text).toMatch(/grows by a factor of 1\.50 with every block \(R² 1\.00\), exponentially/);
    expect(text).not.toMatch(/goes as depth/);
    const [rms, , law] = charts[0].series;
    expect(law.name).toBe('1.50^depth');
    expect(law.values[5]).toBeCloseTo(rms.values[5]!, 10);
  });

  it('says so where the names tell of no layers', async () => {
    const { charts, sentences } = depthView(
      { steps: [], series: [], neighbourCosine: [], spread: [], orderGuessed: true },
      undefined,
    );
    expect(charts).toEqual([]);
    expect(sentences[0].text).toContain('no depth to follow');
  });
});

describe('simulationView', () => {
  it('shows the square root of the depth under pre-norm, and a constant under post-norm', () => {
    const [stream] = simulationView({ blocks: 24, init: 'xavier' }).charts;
    const [pre, post, none] = stream.series.map(({ values }) => Array.from(values, Number));
    expect(pre[24] / pre[6]).toBeGreaterThan(1.6);
    expect(pre[24] / pre[6]).toBeLessThan(2.4);
    expect(post[24]).toBeCloseTo(1, 3);
    expect(none[24]).toBeGreaterThan(100);
  });
});
