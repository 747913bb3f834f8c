import { largestFinite } from '../../norm/precision';
import { inRowOrder } from '../../norm/rowOrder';
import { toFloat64 } from '../../tensor/tensor';
import { formatNumber } from '../../tensor/formatNumber';
import { shownPlaces, type Finding } from './finding';
import { rowIndex, type NormSite } from './normSite';

/** Rows whose sum of squares left a number format. */
interface Overflow {
  readonly rows: readonly number[];
  readonly dtype: 'float16' | 'float32';
}

/**
 * Rows of an output that are nothing but the bias, because the variance overflowed and its reciprocal root became 0; none
 * where the squares would have fitted even float16.
 */
export function statisticsOverflow(site: NormSite): Finding[] {
  const { rows, dtype } = overflowOf(site);
  if (rows.length === 0) {
    return [];
  }
  const { names, geometry } = site;
  return [
    {
      severity: 'error',
      code: dtype === 'float16' ? 'half-statistics' : 'squares-overflow',
      tensor: names.tensors.output!,
      where: { rows: rows.slice(0, shownPlaces).map((row) => rowIndex(site, row)) },
      message:
        `In ${rows.length} of ${geometry.rows} rows of ${names.tensors.output} nothing but the bias is left: the squares of the input ` +
        `sum to more than ${formatNumber(largestFinite(dtype))}, which ${dtype} cannot hold, so that the variance became Inf.`,
      advice:
        dtype === 'float16'
          ? 'Take mean and variance in float32.'
          : 'Scale the rows by their largest magnitude before they are squared, and find out why they are so large.',
    },
  ];
}

function overflowOf({ x, geometry, normCase, parameters, forward }: NormSite): Overflow {
  const { rows, cols, rowFeature, colFeature } = geometry;
  const values = inRowOrder(geometry, x);
  const y = inRowOrder(geometry, toFloat64(normCase.output!));
  const expected = inRowOrder(geometry, forward.y);
  const overflowed: number[] = [];
  let smallest = Infinity;
  for (let row = 0; row < rows; row++) {
    let squares = 0;
    let fromBias = 0;
    let scale = 0;
    for (let c = 0, i = row * cols; c < cols; c++, i++) {
      const bias = parameters.bias?.[rowFeature[row] + colFeature[c]] ?? 0;
      squares += values[i] * values[i];
      fromBias = Math.max(fromBias, Math.abs(y[i] - bias));
      scale = Math.max(scale, Math.abs(expected[i] - bias));
    }
    // Nothing of the normalized row is left, to the roundoff of float16 of what there should be.
    if (squares > largestFinite('float16') && fromBias <= 2 ** -11 * scale) {
      overflowed.push(row);
      smallest = Math.min(smallest, squares);
    }
  }
  return { rows: overflowed, dtype: smallest > largestFinite('float32') ? 'float32' : 'float16' };
}
