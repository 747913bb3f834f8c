import { arrangementOf } from '../../norm/arrangements';
import { outputHypotheses, type OutputHypothesis } from '../../norm/outputHypotheses';
import { largestFinite } from '../../norm/precision';
import { inRowOrder } from '../../norm/rowOrder';
import { toFloat64 } from '../../tensor/tensor';
import { changeWords } from '../changeWords';
import { arrangementFinding } from './arrangementFinding';
import { deviation } from './deviation';
import { shownPlaces, type Finding, type FindingCode } from './finding';
import { rowIndex, type NormSite } from './normSite';
import { inputOverwritten, isOverwritten } from './overwrittenInput';

/** A convention that explains y must do so by this much better than the stated one; the next best one by chance does not. */
const clearly = 1.5;
/** A score from which on an output that nothing explains is reported: kernels in half precision stay below. */
const differsScore = 8;
const largestHalf = largestFinite('float16');

/**
 * Holds the output that a dump records for a norm against the stated convention, and if it is not that, says which one
 * point it parts in. Where the convention is only guessed, usual ones are no finding.
 */
export function outputFindings(site: NormSite): Finding[] {
  const { normCase, guessed } = site;
  if (normCase.output === undefined) {
    return [];
  }
  const [stated, ...others] = outputHypotheses(normCase);
  const overflowed = overflowedRows(site);
  if (overflowed.length > 0) {
    return [halfStatistics(site, overflowed)];
  }
  const found = others.find(({ explained, score }) => explained && clearly * score < stated.score);
  if (found) {
    return guessed && isUsual(found) ? [] : [conventionFinding(site, stated, found)];
  }
  if (stated.savedScore <= differsScore) {
    return [];
  }
  if (isOverwritten(site)) {
    return [inputOverwritten(site)];
  }
  const arrangement = arrangementOf(normCase);
  return [arrangement ? arrangementFinding(site, stated, arrangement) : outputDiffers(site, stated)];
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

function conventionFinding(site: NormSite, stated: OutputHypothesis, found: OutputHypothesis): Finding {
  const { names, guessed, normCase } = site;
  const { change, spec } = found;
  const code = codes[change as keyof typeof codes];
  return {
    severity: guessed ? 'warning' : 'error',
    code: change === 'divisor' && spec.divisor === 'n' ? 'output-differs' : code,
    tensor: names.tensors.output!,
    where: {},
    message: `${deviation(site, stated)}, and equals it ${changeWords(found, normCase.spec, normCase.x.shape)}.`,
    advice: guessed
      ? 'Check the convention of this norm: it was guessed from the names.'
      : 'Make the implementation and the stated convention agree.',
  };
}

/**
 * Rows whose sum of squares is beyond float16 and whose output is nothing but the bias: the variance was Inf, its
 * reciprocal root 0.
 */
function overflowedRows({ x, geometry, normCase, parameters, forward }: NormSite): number[] {
  const { rows, cols, rowFeature, colFeature } = geometry;
  const values = inRowOrder(geometry, x);
  const y = inRowOrder(geometry, toFloat64(normCase.output!));
  const expected = inRowOrder(geometry, forward.y);
  const overflowed: number[] = [];
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
    if (squares > largestHalf && fromBias <= 2 ** -11 * scale) {
      overflowed.push(row);
    }
  }
  return overflowed;
}

function halfStatistics(site: NormSite, rows: number[]): Finding {
  const { names, geometry } = site;
  return {
    severity: 'error',
    code: 'half-statistics',
    tensor: names.tensors.output!,
    where: { rows: rows.slice(0, shownPlaces).map((row) => rowIndex(site, row)) },
    message:
      `In ${rows.length} of ${geometry.rows} rows of ${names.tensors.output} nothing but the bias is left: the squares of the input ` +
      `sum to more than ${largestHalf}, which float16 cannot hold, so that the variance became Inf.`,
    advice: 'Take mean and variance in float32.',
  };
}

function outputDiffers(site: NormSite, stated: OutputHypothesis): Finding {
  const { names, guessed } = site;
  return {
    severity: guessed ? 'warning' : 'error',
    code: 'output-differs',
    tensor: names.tensors.output!,
    where: {},
    message: `${deviation(site, stated)}, and no convention that parts from it in one point explains that.`,
    advice: 'Run identify on this norm, and check that input, weight and bias are those that the output was made from.',
  };
}
