import { expect, it } from 'vitest';
import { forward } from '../../../src/norm/forward';
import { rowGeometry } from '../../../src/norm/geometry';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import type { NormParameters } from '../../../src/norm/parameters';
import { runningStatistics } from '../../../src/norm/runningStatistics';

const spec: NormSpec = { ...defaultSpec('batch_norm'), training: true };

/** Running mean and variance after batches of one channel, from PyTorch's 0 and 1 on. */
function after(batches: readonly number[][], change: Partial<NormSpec>, counts = true) {
  let running: NormParameters = { runningMean: Float64Array.of(0), runningVar: Float64Array.of(1) };
  batches.forEach((values, i) => {
    const shape = [values.length, 1];
    const parameters = { ...running, ...(counts && { numBatchesTracked: Float64Array.of(i) }) };
    const used = { ...spec, ...change };
    const result = forward(used, shape, Float64Array.from(values), parameters);
    const { mean, variance } = runningStatistics(used, rowGeometry(used, shape), result, parameters)!;
    running = { runningMean: mean, runningVar: variance };
  });
  return [running.runningMean![0], running.runningVar![0]];
}

// Means 2, 7 and 3; variances over n − 1: 2, 8 and 0.5.
const batches = [
  [1, 3],
  [5, 9],
  [2.5, 3.5],
];

it('with momentum moves a tenth of the way, as PyTorch does', () => {
  const [mean, variance] = after(batches.slice(0, 1), {});
  expect(mean).toBeCloseTo(0.2, 14);
  expect(variance).toBeCloseTo(1.1, 14);
});

it('without momentum is the average over the batches, whatever it started from', () => {
  const [mean, variance] = after(batches, { momentum: null });
  expect(mean).toBeCloseTo(4, 14);
  expect(variance).toBeCloseTo(3.5, 14);
});

it('an average over batches of unknown number is refused', () => {
  expect(() => after(batches, { momentum: null }, false)).toThrow(
    'Running statistics without momentum are an average over all batches, whose number is not known.',
  );
});
