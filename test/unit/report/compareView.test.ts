import { describe, expect, it } from 'vitest';
import { memoryDump } from '../../../src/formats/memoryDump';
import { ComparisonSource } from '../../../src/report/comparisonSource';
import type { Tensor } from '../../../src/tensor/tensor';
import { randomTensor, tensor } from '../norm/tensors';

/** Has no part in a comparison. */
const simulation = { blocks: 1, width: 8, tokens: 1, init: 'xavier', seed: 1 } as const;

function viewOf(a: readonly Tensor[], b: readonly Tensor[]) {
  const source = new ComparisonSource(
    async () => ({ names: ['port', 'reference'], dumps: [memoryDump(a), memoryDump(b)] }),
    async () => {},
  );
  return source.overview('compare', { simulation }, new AbortController().signal);
}

describe('compareView', () => {
  const h = randomTensor('h', [3, 4], 1);
  const spoiled = { ...h, values: (h.values as Float64Array).with(6, NaN) };

  it('counts every tensor, also those that cannot be compared', async () => {
    const { facts } = await viewOf([h, tensor('w', [2], [1, 2])], [h, tensor('w', [3], [1, 2, 3])]);
    expect(facts).toEqual([
      { name: 'equal', value: 1, note: 'of 2' },
      { name: 'close', value: 0, note: 'of 2' },
      { name: 'off by rounding', value: 0, note: 'of 2' },
      { name: 'differs', value: 0, note: 'of 2' },
      { name: 'other shape', value: 1, note: 'of 2' },
    ]);
  });

  it('says of a tensor that it differs in NaN alone', async () => {
    const { tables, sentences } = await viewOf([spoiled, tensor('w', [1], [1])], [h, tensor('w', [1], [1])]);
    expect(tables[0].rows[0].slice(0, 3)).toEqual(['h', 'other NaN or Inf', 0]);
    expect(sentences[0].text).toMatch(/parts from reference at h.*: at 1 of its places one is NaN or infinite/);
  });

  it('maps the elements that differ, unless there is one row or nothing that differs', async () => {
    const { heatmaps } = await viewOf([spoiled], [h]);
    expect(heatmaps).toMatchObject([
      { title: 'Where h differs', down: { noun: 'Row', length: 3 }, across: { noun: 'Feature', length: 4 } },
    ]);
    expect(Array.from(heatmaps![0].values)).toEqual([0, 0, 0, 0, 0, 0, NaN, 0, 0, 0, 0, 0]);
    expect((await viewOf([h], [h])).heatmaps).toEqual([]);
    expect((await viewOf([tensor('w', [2], [1, 2])], [tensor('w', [2], [1, 3])])).heatmaps).toEqual([]);
  });

  it('draws where two tensors part, by row and by feature', async () => {
    const { charts } = await viewOf([spoiled], [h]);
    expect(charts.map(({ title, series }) => [title, Array.from(series[1].values)])).toEqual([
      ['Largest difference in each row of h, beside the largest value there', [0, NaN, 0]],
      ['Largest difference in each feature of h, beside the largest value there', [0, 0, NaN, 0]],
    ]);
  });
});
