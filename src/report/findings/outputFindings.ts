import { arrangementOf } from '../../norm/arrangements';
import { gradientsHold } from '../../norm/gradientsHold';
import { OutputTrial, type OutputFit } from '../../norm/identify/outputTrial';
import { explainingChange, type SingleChange } from '../../norm/identify/singleChange';
import { changeWords } from '../changeWords';
import { arrangementFinding } from './arrangementFinding';
import { deviation } from './deviation';
import type { Finding, FindingCode } from './finding';
import type { NormSite, SpecSource } from './normSite';
import { isOffsetTwice, offsetTwice } from './offsetTwice';
import { outputDiffers } from './outputDiffers';
import { inputOverwritten, isOverwritten } from './overwrittenInput';
import { statisticsOverflow } from './statisticsOverflow';

/** A score from which on an output that nothing explains is reported: kernels in half precision stay below. */
const differsScore = 8;

/**
 * Holds the output that a dump records for a norm against the stated convention, and if it is not that, says which one
 * point it parts in. Where the convention is only guessed, usual ones are no finding unless the
 * recorded gradients are those of the guess.
 */
export function outputFindings(site: NormSite): Finding[] {
  const { normCase, toldBy } = site;
  if (normCase.output === undefined) {
    return [];
  }
  const stated = new OutputTrial(normCase).fit(normCase);
  const overflow = statisticsOverflow(site);
  if (overflow.length > 0) {
    return overflow;
  }
  const found = explainingChange(normCase, stated);
  if (found) {
    return toldBy === 'names' && isUsual(found) && !gradientsHold(normCase)
      ? []
      : [conventionFinding(site, stated, found)];
  }
  if (stated.savedScore <= differsScore) {
    return [];
  }
  if (isOverwritten(site)) {
    return [inputOverwritten(site)];
  }
  if (isOffsetTwice(normCase)) {
    return [offsetTwice(site, stated)];
  }
  const arrangement = arrangementOf(normCase);
  return [arrangement ? arrangementFinding(site, stated, arrangement) : outputDiffers(site, stated, differsScore)];
}

/** True where a guess was simply wrong: another kind or eps than that of the names is somebody's default. */
function isUsual({ change }: SingleChange): boolean {
  return change === 'kind' || change === 'eps' || change === 'weightOffset';
}

const codes: Readonly<Record<SingleChange['change'], FindingCode>> = {
  divisor: 'unbiased-variance',
  epsPlace: 'eps-outside',
  eps: 'eps-differs',
  kind: 'kind-differs',
  weightOffset: 'weight-offset',
  bias: 'bias-omitted',
  axes: 'wrong-axis',
};

const conventionAdvice: Readonly<Record<SpecSource, string>> = {
  file: 'Make the implementation and the stated convention agree.',
  output: 'Look at what differs between its rows.',
  names: 'Check the convention of this norm: it was guessed from the names.',
  peers: 'Make it agree with the other norms, unless it is meant to differ from them.',
};

function conventionFinding(site: NormSite, stated: OutputFit, found: SingleChange): Finding {
  const { names, guessed, toldBy, normCase } = site;
  const { change, spec } = found;
  return {
    severity: guessed ? 'warning' : 'error',
    code: change === 'divisor' && spec.divisor === 'n' ? 'output-differs' : codes[change],
    tensor: names.tensors.output!,
    where: {},
    message: `${deviation(site, stated)}, and equals it ${changeWords(found, normCase.spec, normCase.x.shape)}.`,
    advice: conventionAdvice[toldBy],
  };
}
