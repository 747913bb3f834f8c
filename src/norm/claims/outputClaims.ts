import { rowGeometry } from '../geometry';
import { forwardRows } from '../forward';
import { quantiles } from '../quantiles';
import { formatNumber } from '../../tensor/formatNumber';
import { dot } from '../dot';
import { rowOf } from '../rowValues';
import { rowWhere, type Claim, type ClaimCase } from './claim';

/** Within this share of d the squared length is said to be d. */
const lengthTolerance = 1e-3;
/** A standard deviation below this is tiny beside the usual eps of 1e-5. */
const tinyStd = 1e-3;
/** Unit roundoff of float32, of which a mean square of many values keeps a few. */
const float32Unit = 2 ** -24;

/** ‖x̂‖² = d: true for eps = 0 alone; else d · v / (v + eps). */
export function squaredLengthClaim({ geometry, forward, rows, spec }: ClaimCase): Claim {
  const share = (row: number) => {
    const normalized = rowOf(forward.normalized, geometry, row);
    return dot(normalized, normalized) / geometry.cols;
  };
  const worst = rowWhere(rows, 'smallest', share);
  const smallest = share(worst);
  return {
    statement: 'The squared length of x̂ is d.',
    verdict: smallest >= 1 - lengthTolerance ? 'holds' : 'contradicted',
    says:
      `‖x̂‖² is d · v / (v + ε): down to ${formatNumber(smallest)} d, in row ${worst} with ` +
      `v = ${formatNumber(forward.variance[worst])} and ε = ${formatNumber(spec.eps)}.`,
  };
}

/** Tiny variance and eps = 0: what grows is the gradient and the noise of float32, not the output. */
export function epsZeroClaim({ spec, geometry, x, forward, rows }: ClaimCase): Claim {
  const statement = 'Without ε the output explodes where the variance is tiny.';
  const row = rowWhere(rows, 'smallest', (i) => forward.variance[i]);
  const std = Math.sqrt(forward.variance[row]);
  if (std >= tinyStd) {
    return {
      statement,
      verdict: 'does not apply',
      says: `No row varies so little: the smallest deviation is ${formatNumber(std)}, in row ${row}.`,
    };
  }
  const withoutEps = { ...spec, axes: [-1], eps: 0 };
  const single = forwardRows(withoutEps, rowGeometry(withoutEps, [geometry.cols]), rowOf(x, geometry, row), {});
  const deviation = (values: Float64Array) => Math.sqrt(dot(values, values) / values.length);
  const size = deviation(single.normalized);
  return {
    statement,
    verdict: size > 2 ? 'holds' : 'contradicted',
    says:
      `Row ${row} has deviation ${formatNumber(std)}: its x̂ has ${formatNumber(size)} for ε = 0 and ` +
      `${formatNumber(deviation(rowOf(forward.normalized, geometry, row)))} as it is; ` +
      `what grows is the gradient, by ${formatNumber(single.rstd[0])}.`,
  };
}

/** The mean square of x̂ misses 1 by eps / (v + eps) also in exact arithmetic. */
export function residualCauseClaim({ spec, forward, rows }: ClaimCase): Claim {
  const [shortfall] = quantiles(
    Float64Array.from(rows, (row) => spec.eps / (forward.variance[row] + spec.eps)),
    [0.5],
  );
  return {
    statement: 'That x̂ does not have mean square 1 exactly is float32’s rounding.',
    verdict: shortfall > float32Unit ? 'contradicted' : 'holds',
    says:
      `ε / (v + ε) takes ${formatNumber(shortfall)} off in the middle row, in exact arithmetic too; ` +
      `float32 rounds by ${formatNumber(float32Unit)}.`,
  };
}
