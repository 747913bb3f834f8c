import { rowGeometry } from '../geometry';
import { defaultSpec } from '../normSpec';
import { recoverAffine } from '../recoverAffine';
import { formatNumber } from '../../tensor/formatNumber';
import { takeRows } from '../rowValues';
import type { Claim, ClaimCase } from './claim';

/** Any two rows can be restored by a weight and a bias per feature. */
const minRows = 3;
/** γ and β run along the rows’ values, whatever axes these come from. */
const perFeature = defaultSpec('layer_norm');
/** What is left of x below this share counts as restored. */
const restored = 1e-3;
/** Rows for a mean and a deviation that say something, and how near to 0 and 1 they must be. */
const minMomentRows = 8;
const momentTolerance = 0.25;

/** γ and β are per feature, μ and σ per row: they can undo the norm where the rows share μ and σ. */
export function undoingClaim({ geometry, x, forward, rows }: ClaimCase): Claim {
  const statement = 'γ and β can undo the norm, so that nothing is lost.';
  const { cols } = geometry;
  const of = (values: Float64Array) => takeRows(values, geometry, rows);
  const [wanted, given] = [of(x), of(forward.normalized)];
  if (rows.length < minRows) {
    return { statement, verdict: 'does not apply', says: `It takes ${minRows} rows; here are ${rows.length}.` };
  }
  const affine = recoverAffine(rowGeometry(perFeature, [rows.length, cols]), given, wanted);
  let left = 0;
  let total = 0;
  const means = featureMoments(wanted, cols).mean;
  wanted.forEach((value, i) => {
    const c = i % cols;
    left += (value - given[i] * affine.weight[c] - affine.bias[c]) ** 2;
    total += (value - means[c]) ** 2;
  });
  const share = Math.sqrt(left / total);
  return {
    statement,
    verdict: share < restored ? 'holds' : 'contradicted',
    says: `The best γ and β leave ${formatNumber(share)} of x unrestored over ${rows.length} rows: they are per feature, μ and σ per row.`,
  };
}

/** LayerNorm standardizes across the features, so that a feature over the rows keeps its own mean and deviation. */
export function featureMomentsClaim({ geometry, forward, rows }: ClaimCase): Claim {
  const statement = 'β is the mean of a feature of y, and |γ| its standard deviation.';
  if (rows.length < minMomentRows) {
    return {
      statement,
      verdict: 'does not apply',
      says: `It takes ${minMomentRows} rows; here are ${rows.length}.`,
    };
  }
  const { mean, std } = featureMoments(takeRows(forward.normalized, geometry, rows), geometry.cols);
  const largest = mean.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const [low, high] = [std.reduce((a, b) => Math.min(a, b)), std.reduce((a, b) => Math.max(a, b))];
  const isStandard = largest <= momentTolerance && low >= 1 - momentTolerance && high <= 1 + momentTolerance;
  return {
    statement,
    verdict: isStandard ? 'holds' : 'contradicted',
    says:
      `Over the rows, features of x̂ have means up to ${formatNumber(largest)} in magnitude and deviations from ` +
      `${formatNumber(low)} to ${formatNumber(high)}: the norm standardizes rows, not features.`,
  };
}

function featureMoments(values: Float64Array, cols: number): { mean: Float64Array; std: Float64Array } {
  const rows = values.length / cols;
  const mean = new Float64Array(cols);
  const variance = new Float64Array(cols);
  values.forEach((value, i) => (mean[i % cols] += value / rows));
  values.forEach((value, i) => (variance[i % cols] += (value - mean[i % cols]) ** 2 / rows));
  return { mean, std: variance.map(Math.sqrt) };
}
