import { identify, type Candidate } from '../../norm/identify/identify';
import type { OutputFit } from '../../norm/identify/outputTrial';
import { leadingPart } from '../../norm/leadingPart';
import type { NormCase } from '../../norm/normCase';
import { differingKeys } from '../../norm/specKeys';
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
export function outputDiffers(site: NormSite, stated: OutputFit, differsScore: number): Finding {
  const { names, guessed, normCase, geometry } = site;
  const seen = deviation(site, stated);
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
        `${seen}, all of it in ${rows.length} of ${geometry.rows} rows, first ${formatShape(rowIndex(site, rows[0]))}; ` +
        'the others are right.',
      advice: 'Look for what writes into these rows after the norm, or for rows that it never reached.',
    };
  }
  const part = leadingPart(normCase, fewValues);
  const found = part && identify(part);
  if (found?.best === undefined) {
    return {
      ...finding,
      message: `${seen}, and no convention that was tried explains that.`,
      advice:
        'Check that input, weight and bias are those that the output was made from, and what is done to it after the norm.',
    };
  }
  return { ...finding, ...identified(normCase, seen, found.best, found.explanation) };
}

/** The stated convention with a weight and bias that nobody recorded, or with another eps, or else another convention. */
function identified(
  { spec, x, weight, bias }: NormCase,
  seen: string,
  best: Candidate,
  explanation: string,
): Pick<Finding, 'message' | 'advice'> & Partial<Finding> {
  const differing = differingKeys(best.spec, spec).join();
  if (best.recovered && differing === '') {
    const missing = [weight ? '' : 'weight', bias ? '' : 'bias'].filter(Boolean).join(' and ');
    return {
      severity: 'warning',
      message: `${seen}, and equals it with a ${missing} that the file does not hold.`,
      advice: 'Record what the norm multiplies and adds, so that the output can be checked.',
    };
  }
  const advice = 'Make the implementation and the convention agree.';
  if (best.biasApplied && !best.recovered && differing === 'eps') {
    // An eps that was fitted has no more digits than that.
    const fitted = { ...best.spec, eps: Number(formatNumber(best.spec.eps)) };
    return {
      code: 'eps-differs',
      message: `${seen}, and equals it ${changeWords({ change: 'eps', spec: fitted }, spec, x.shape)}.`,
      advice,
    };
  }
  return { message: `${seen}: ${explanation}`, advice };
}
