import { describe, expect, it } from 'vitest';
import { batchAgainstLayer } from '../../../src/norm/batchAgainstLayer';
import { Random } from '../../../src/norm/random';

const [sequences, length, features] = [3, 4, 8];
const x = new Random(2).normals(sequences * length * features).map((value) => value + 2);
const effect = (lengths: number[]) => batchAgainstLayer({ x, sequences, length, features, lengths }, 1e-5);

describe('batchAgainstLayer', () => {
  it('finds that padding does not reach a token under LayerNorm, and does under BatchNorm', () => {
    const { layer, batch, tokens } = effect([4, 3, 1]);
    expect(tokens).toBe(8);
    expect(layer.maxChange).toBe(0);
    expect(batch.maxChange).toBeGreaterThan(0.1);
  });

  it('finds no change where nothing is padded', () => {
    expect(effect([4, 4, 4]).batch.maxChange).toBe(0);
  });

  it('gives every token mean 0 and variance 1 under LayerNorm only', () => {
    const { layerRows, batchRows } = effect([4, 4, 4]);
    layerRows.mean.forEach((mean) => expect(mean).toBeCloseTo(0, 12));
    layerRows.variance.forEach((variance) => expect(variance).toBeCloseTo(1, 3));
    expect(Math.max(...batchRows.mean.map(Math.abs))).toBeGreaterThan(0.1);
  });

  it('says nothing of the padding itself', () => {
    expect(effect([4, 4, 1]).batch.change.slice(-3)).toEqual(Float64Array.of(NaN, NaN, NaN));
  });
});
