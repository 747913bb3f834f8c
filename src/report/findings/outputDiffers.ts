import { identify } from '../../norm/identify/identify';
import { leadingPart } from '../../norm/leadingPart';
import type { NormSpec } from '../../norm/normSpec';
import type { OutputHypothesis } from '../../norm/identify/outputHypotheses';
import { specKeys } from '../../norm/specKeys';
import { formatNumber } from '../../tensor/formatNumber';
import { formatShape } from '../../tensor/shape';
import { changeWords } from '../changeWords';
import { deviation } from './deviation';
import { shownPlaces, type Finding } from './finding';
import { rowIndex, type NormSite } from './normSite';

/** Values that identify is given; it takes some ten passes over them. */
const fewValues = 2 ** 15;
/** With fewer of its rows at odds, an output follows its convention but for them. */
const fewRows = 0.5;

/**
 * An output that no single change to its convention explains: with the rows that are at odds where most are not, or else
 * with what identify takes it for.
 *
 * @param differsScore score of a row from which on it is at odds
 */
export function outputDiffers(site: NormSite, stated: OutputHypothesis, differsScore: number): Finding {
  const { names, guessed, normCase, geometry } = site;
  const finding = {
    severity: guessed ? 'warning' : 'error',
    code: 'output-differs',
    tensor: names.tensors.output!,
    where: {},
  } as const;
  const rows = [...stated.rowScores.keys()].filter((row) => stated.rowScores[row] > differsScore);
  if (rows.length > 0 && rows.length < fewRows * geometry.rows) {
    return {
      ...finding,
      where: { rows: rows.slice(0, shownPlaces).map((row) => rowIndex(site, row)) },
      message:
        `${deviation(site, stated)}, all of it in ${rows.length} of ${geometry.rows} rows, first ${formatShape(rowIndex(site, rows[0]))}; ` +
        'the others are right.',
      advice: 'Look for what writes into these rows after the norm, or for rows that it never reached.',
    };
  }
  const { spec, x } = normCase;
  const part = leadingPart(normCase, fewValues);
  const found = part && identify(part);
  if (found?.best === undefined) {
    return {
      ...finding,
      message: `${deviation(site, stated)}, and no convention that was tried explains that.`,
      advice:
        'Check that input, weight and bias are those that the output was made from, and what is done to it after the norm.',
    };
  }
  const { best, explanation } = found;
  const isEps = best.biasApplied && sameButEps(best.spec, spec);
  // An eps that was fitted has no more digits than that.
  const fitted = {
    ...stated,
    change: 'eps',
    spec: { ...best.spec, eps: Number(formatNumber(best.spec.eps)) },
  } as const;
  return {
    ...finding,
    code: isEps ? 'eps-differs' : finding.code,
    message: isEps
      ? `${deviation(site, stated)}, and equals it ${changeWords(fitted, spec, x.shape)}.`
      : `${deviation(site, stated)}: ${explanation}`,
    advice: 'Make the implementation and the convention agree.',
  };
}

function sameButEps(a: NormSpec, b: NormSpec): boolean {
  return specKeys(a.kind).every((key) => key === 'eps' || String(a[key]) === String(b[key]));
}
