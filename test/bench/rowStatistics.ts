import type { Group } from './bench';
import { contest } from './contest';
import { rival } from './peer';

/** All moments of each row of float32 in memory. */
export const rowStatistics: Group = async ({ repetitions, simd, scalar, peers }) => [
  ...(await contest(repetitions, 'row statistics', () => simd.rowMoments(), [
    ...rival(peers.numpy, 'NumPy, the same set', 'rowMoments', 5),
    { name: 'plain TypeScript', run: () => scalar.rowMoments() },
  ])),
  ...(await contest(repetitions, 'row statistics', () => simd.meanVariance(), [
    ...rival(peers.numpy, 'NumPy, mean and var only', 'meanVariance', 1.5),
  ])),
];
