import { arrangementOf } from '../../norm/arrangements';
import { gradientsHold } from '../../norm/gradientsHold';
import { outputHypotheses, type OutputHypothesis } from '../../norm/identify/outputHypotheses';
import { changeWords } from '../changeWords';
import { arrangementFinding } from './arrangementFinding';
import { deviation } from './deviation';
import type { Finding, FindingCode } from './finding';
import type { NormSite, SpecSource } from './normSite';
import { outputDiffers } from './outputDiffers';
import { inputOverwritten, isOverwritten } from './overwrittenInput';
import { statisticsOverflow } from './statisticsOverflow';

/** A convention that explains y must do so by this much better than the stated one; the next best one by chance does not. */
const clearly = 1.5;
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
  const [stated, ...others] = outputHypotheses(normCase);
  const overflow = statisticsOverflow(site);
  if (overflow.length > 0) {
    return overflow;
  }
  const found = others.find(({ explained, score }) => explained && clearly * score < stated.score);
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
  const arrangement = arrangementOf(normCase);
  return [arrangement ? arrangementFinding(site, stated, arrangement) : outputDiffers(site, stated, differsScore)];
}

/** True where a guess was simply wrong: another kind or eps than that of the names is somebody's default. */
function isUsual({ change }: OutputHypothesis): boolean {
  return change === 'kind' || change === 'eps' || change === 'weightOffset';
}

const codes: Readonly<Record<Exclude<OutputHypothesis['change'], 'none'>, FindingCode>> = {
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

function conventionFinding(site: NormSite, stated: OutputHypothesis, found: OutputHypothesis): Finding {
  const { names, guessed, toldBy, normCase } = site;
  const { change, spec } = found;
  const code = codes[change as keyof typeof codes];
  return {
    severity: guessed ? 'warning' : 'error',
    code: change === 'divisor' && spec.divisor === 'n' ? 'output-differs' : code,
    tensor: names.tensors.output!,
    where: {},
    message: `${deviation(site, stated)}, and equals it ${changeWords(found, normCase.spec, normCase.x.shape)}.`,
    advice: conventionAdvice[toldBy],
  };
}
