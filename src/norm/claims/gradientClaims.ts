import { splitGradient, type GradientParts } from '../backward';
import { quantiles } from '../quantiles';
import { formatNumber } from '../../tensor/formatNumber';
import { dot, lengthOf } from '../dot';
import type { Claim, ClaimCase } from './claim';

/** Rows whose gradients are taken apart. */
const maxRows = 64;
/** How far the rows' deviations must lie apart for their gradients to be set against each other. */
const minSpread = 10;
const minRows = 6;
/** Ratios of random gradients differ by that much from row to row. */
const alikeFactor = 3;
/** A gradient this small beside its terms is their rounding. */
const cancelled = 1e-10;

/** The gradient with mean and variance held constant is not the gradient, but leads downhill all the same. */
export function descentClaim(claimCase: ClaimCase): Claim {
  const statement = 'The gradient with μ and σ held constant does not lead downhill.';
  const parts = partsOf(claimCase).filter(
    ({ full, heldConstant }) => lengthOf(full) > cancelled * lengthOf(heldConstant),
  );
  if (parts.length === 0) {
    return { statement, verdict: 'does not apply', says: 'No row has an input gradient other than 0.' };
  }
  const cosines = parts.map(
    ({ heldConstant, full }) => dot(heldConstant, full) / (lengthOf(heldConstant) * lengthOf(full)),
  );
  const smallest = Math.min(...cosines);
  return {
    statement,
    verdict: smallest > 0 ? 'contradicted' : 'holds',
    says:
      `Its cosine with the gradient is at least ${formatNumber(smallest)} in ${parts.length} rows: ` +
      `${smallest > 0 ? 'wrong, but downhill in each' : 'not downhill in each'}.`,
  };
}

/** What holding μ and σ constant leaves in the gradient scales with 1 / σ as the gradient itself does. */
export function spuriousPartClaim(claimCase: ClaimCase): Claim {
  const statement = 'The smaller σ, the larger the share of the gradient that μ and σ held constant get wrong.';
  const { forward } = claimCase;
  const judged = judgedRows(claimCase).sort((a, b) => forward.variance[a] - forward.variance[b]);
  const third = Math.floor(judged.length / 3);
  const spread = Math.sqrt(forward.variance[judged.at(-1)!] / forward.variance[judged[0]]);
  if (judged.length < minRows || !(spread >= minSpread)) {
    return {
      statement,
      verdict: 'does not apply',
      says: `It takes ${minRows} rows whose deviations differ by a factor of ${minSpread}: here ${judged.length} and ${formatNumber(spread)}.`,
    };
  }
  const shareIn = (rows: readonly number[]) =>
    quantiles(
      Float64Array.from(partsOf({ ...claimCase, rows }), ({ heldConstant, full }) => {
        return lengthOf(heldConstant.map((value, c) => value - full[c])) / lengthOf(heldConstant);
      }),
      [0.5],
    )[0];
  const [small, large] = [shareIn(judged.slice(0, third)), shareIn(judged.slice(-third))];
  return {
    statement,
    verdict: small > alikeFactor * large ? 'holds' : 'contradicted',
    says:
      `It is ${formatNumber(small)} in the third of the rows with the smallest σ and ${formatNumber(large)} in that with the ` +
      `largest; both the gradient and what is wrong in it scale with 1 / σ.`,
  };
}

function judgedRows({ rows }: ClaimCase): number[] {
  const step = Math.max(1, rows.length / maxRows);
  return Array.from({ length: Math.min(rows.length, maxRows) }, (_, i) => rows[Math.floor(i * step)]);
}

function partsOf(claimCase: ClaimCase): GradientParts[] {
  const { spec, geometry, x, gradOutput, parameters } = claimCase;
  return judgedRows(claimCase).map((row) => splitGradient(spec, geometry, x, gradOutput, parameters, row));
}
