import { quantiles } from '../quantiles';
import { formatNumber } from '../../tensor/formatNumber';
import { lengthOf } from '../dot';
import { rowOf } from '../rowValues';
import { rowWhere, type Claim, type ClaimCase } from './claim';

/** "Of the size of" is read as within this factor. */
const sizeFactor = 2;
/** Below this d the two laws are within the factor of each other. */
const minCols = 16;

/**
 * The Jacobian's spectral norm without γ is rstd, √d / √(‖x − μ‖² + d ε). A preprint has O(d / ‖x‖); Lemma 3 of Xiong et al.
 * 2020 (arXiv 2002.04745) √d / ‖x‖, which takes the mean to be small against the deviation.
 */
export function jacobianClaims({ geometry, x, forward, rows }: ClaimCase): Claim[] {
  const { cols } = geometry;
  const root = Math.sqrt(cols);
  // ‖J‖ ‖x‖ / √d: 1 if the lemma is exact.
  const ofLemma = (row: number) => {
    const values = rowOf(x, geometry, row);
    return (forward.rstd[row] * lengthOf(values)) / root;
  };
  const farthest = rowWhere(rows, 'largest', (row) => Math.abs(Math.log(ofLemma(row))));
  const [middle] = quantiles(Float64Array.from(rows, ofLemma), [0.5]);
  const isSize = (ratio: number) => ratio <= sizeFactor && ratio >= 1 / sizeFactor;
  const linear: Claim = {
    statement: 'The Jacobian’s norm is of the size of d / ‖x‖.',
    verdict: cols < minCols ? 'does not apply' : isSize(middle / root) ? 'holds' : 'contradicted',
    says:
      cols < minCols
        ? `With d = ${cols} it cannot be told from √d / ‖x‖.`
        : `‖J‖ = 1 / √(v + ε) is ${formatNumber(middle / root)} of it in the middle row, with d = ${cols} and γ left out.`,
  };
  return [
    linear,
    {
      statement: 'The Jacobian’s norm is of the size of √d / ‖x‖.',
      verdict: isSize(ofLemma(farthest)) ? 'holds' : 'contradicted',
      says:
        `‖J‖ is ${formatNumber(ofLemma(farthest))} times that in row ${farthest}, the farthest off, ` +
        `with mean ${formatNumber(forward.mean[farthest])} and 1 / ‖J‖ = ${formatNumber(1 / forward.rstd[farthest])}.`,
    },
  ];
}
