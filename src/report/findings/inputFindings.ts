import { isCentred } from '../../norm/normSpec';
import { inRowOrder } from '../../norm/rowOrder';
import { formatShape } from '../../tensor/shape';
import { formatNumber } from '../../tensor/formatNumber';
import { shownPlaces, type Finding } from './finding';
import { rowIndex, type NormSite } from './normSite';

/** ε's share ε / (v + ε) of a row's denominator from which its output shrinks by 1 % … */
const epsShareInfo = 0.01;
/** … and from which ε outweighs the row's own variance. */
const epsShareWarning = 0.5;
/** How near to mean 0 and variance 1 a row is that was normalized already; by chance a row of 1000 is within 5 %. */
const normalizedTolerance = 1e-3;

/** What the input of a norm does to it: rows without variance, rows that ε dominates, rows that are normalized already. */
export function inputFindings(site: NormSite): Finding[] {
  if (site.normCase.spec.kind === 'dyt') {
    return [];
  }
  return [...constantRows(site), ...epsDominated(site), ...alreadyNormalized(site)];
}

function rowsWhere({ geometry }: NormSite, test: (row: number) => boolean): number[] {
  return Array.from({ length: geometry.rows }, (_, row) => row).filter(test);
}

function placeOf(site: NormSite, rows: readonly number[]): Finding['where'] {
  return { rows: rows.slice(0, shownPlaces).map((row) => rowIndex(site, row)) };
}

function constantRows(site: NormSite): Finding[] {
  const { geometry, names, forward, normCase } = site;
  const rows = geometry.cols > 1 ? rowsWhere(site, (row) => forward.variance[row] === 0) : [];
  if (rows.length === 0) {
    return [];
  }
  // Rows of padding are zero; any other number in all of a row is no accident.
  const areZero = rows.every((row) => forward.mean[row] === 0 || !isCentred(normCase.spec.kind));
  const becomesNaN = normCase.spec.eps === 0;
  return [
    {
      severity: areZero && !becomesNaN ? 'info' : 'warning',
      code: 'constant-row',
      tensor: names.tensors.x,
      where: placeOf(site, rows),
      message:
        `${rows.length} of ${geometry.rows} rows of ${names.tensors.x} ${areZero ? 'are zero' : 'hold one value'} throughout, first row ` +
        `${formatShape(rowIndex(site, rows[0]))}: ` +
        (becomesNaN
          ? 'without ε the norm makes NaN of them.'
          : `the norm makes nothing but the bias of them, and their gradient is 1 / ${normCase.spec.epsPlace === 'inside' ? '√ε' : 'ε'} times what comes in.`),
      advice: 'Check whether these rows are padding; if they are, leave them out of the loss.',
    },
  ];
}

function epsDominated(site: NormSite): Finding[] {
  const { geometry, names, forward, normCase } = site;
  const { eps, epsPlace } = normCase.spec;
  if (eps === 0 || epsPlace === 'clamp') {
    return [];
  }
  const shareOf = (row: number) => {
    const variance = forward.variance[row];
    return epsPlace === 'inside' ? eps / (variance + eps) : eps / (Math.sqrt(variance) + eps);
  };
  const rows = rowsWhere(site, (row) => forward.variance[row] > 0 && shareOf(row) > epsShareInfo);
  if (rows.length === 0) {
    return [];
  }
  const worst = rows.reduce((a, b) => (shareOf(b) > shareOf(a) ? b : a));
  const share = shareOf(worst);
  return [
    {
      severity: share > epsShareWarning ? 'warning' : 'info',
      code: 'eps-dominated',
      tensor: names.tensors.x,
      where: placeOf(site, rows),
      message:
        `In ${rows.length} of ${geometry.rows} rows of ${names.tensors.x} ε ${formatNumber(eps)} is more than 1 % of what is divided by, at most ` +
        `${formatNumber(100 * share)} % in row ${formatShape(rowIndex(site, worst))} with variance ${formatNumber(forward.variance[worst])}: ` +
        `their output is smaller than the norm is meant to make it, and depends on the value and place of eps.`,
      advice: 'Use a smaller eps, or find out why these rows are so small.',
    },
  ];
}

function alreadyNormalized(site: NormSite): Finding[] {
  const { geometry, names, normCase } = site;
  const { rows, cols } = geometry;
  const values = inRowOrder(geometry, site.x);
  for (let row = 0; row < rows; row++) {
    let sum = 0;
    let squares = 0;
    for (let i = row * cols; i < (row + 1) * cols; i++) {
      sum += values[i];
      squares += values[i] * values[i];
    }
    const isCentre = !isCentred(normCase.spec.kind) || Math.abs(sum / cols) <= normalizedTolerance;
    if (!isCentre || !(Math.abs(squares / cols - 1) <= normalizedTolerance)) {
      return [];
    }
  }
  return rows === 0
    ? []
    : [
        {
          severity: 'warning',
          code: 'already-normalized',
          tensor: names.tensors.x,
          where: {},
          message:
            `All ${rows} rows of ${names.tensors.x} have ${isCentred(normCase.spec.kind) ? 'mean 0 and variance 1' : 'RMS 1'} already, so that ` +
            `this norm does nothing but scale: an output of a norm may have been taken for its input, or the norm be applied twice.`,
          advice:
            'Check where this tensor is recorded, and that the residual is taken before the norm where it should be.',
        },
      ];
}
