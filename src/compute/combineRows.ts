import { noMoments, type ExactMoments } from './exactMoments';
import type { MomentsTable } from './momentsTable';

/**
 * Moments of all rows of a table together, in two passes: the mean m of all, then with δ = mean of a row − m
 *
 *   m2 = Σ m2ᵣ + n δ²,  m3 = Σ m3ᵣ + 3 δ m2ᵣ + n δ³,  m4 = Σ m4ᵣ + 4 δ m3ᵣ + 6 δ² m2ᵣ + n δ⁴
 *
 * which loses less than merging one row after the other, and makes no object per row.
 */
export function combineRows({ columns, exactMin, exactMax }: MomentsTable): ExactMoments {
  const { count, nan, posInf, negInf, zero, min, max, absMax, mean, m2, m3, m4, sumSquares } = columns;
  const rows = count.length;
  const all = { ...noMoments };
  let first = -1;
  let finite = 0;
  for (let row = 0; row < rows; row++) {
    const n = count[row] - nan[row] - posInf[row] - negInf[row];
    all.count += count[row];
    all.nan += nan[row];
    all.posInf += posInf[row];
    all.negInf += negInf[row];
    all.zero += zero[row];
    if (n === 0) {
      continue;
    }
    if (first < 0) {
      first = row;
      all.min = min[row];
      all.max = max[row];
      all.absMax = absMax[row];
      all.scale = columns.scale[row];
    }
    finite += n;
    all.min = Math.min(all.min, min[row]);
    all.max = Math.max(all.max, max[row]);
    all.absMax = Math.max(all.absMax, absMax[row]);
    all.scale = Math.max(all.scale, columns.scale[row]);
  }
  if (finite === 0) {
    return all;
  }
  const inverse = 1 / all.scale;
  const origin = mean[first] * inverse;
  let offset = 0;
  for (let row = first; row < rows; row++) {
    const n = count[row] - nan[row] - posInf[row] - negInf[row];
    offset += n === 0 ? 0 : (n / finite) * (mean[row] * inverse - origin);
  }
  for (let row = first; row < rows; row++) {
    const n = count[row] - nan[row] - posInf[row] - negInf[row];
    if (n === 0) {
      continue;
    }
    const ratio = columns.scale[row] * inverse;
    const ratio2 = ratio * ratio;
    const own2 = m2[row] * ratio2;
    const own3 = m3[row] * ratio2 * ratio;
    const delta = mean[row] * inverse - origin - offset;
    const delta2 = delta * delta;
    all.m2 += own2 + n * delta2;
    all.m3 += own3 + 3 * delta * own2 + n * delta2 * delta;
    all.m4 += m4[row] * ratio2 * ratio2 + 4 * delta * own3 + 6 * delta2 * own2 + n * delta2 * delta2;
    all.sumSquares += sumSquares[row] * ratio2;
  }
  all.mean = (origin + offset) * all.scale;
  return exactMin && exactMax ? { ...all, exactMin: least(exactMin), exactMax: largest(exactMax) } : all;
}

function least(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b < a ? b : a));
}

function largest(values: readonly bigint[]): bigint {
  return values.reduce((a, b) => (b > a ? b : a));
}
