import type { Dump } from '../formats/dump';
import { identify as identifyNorm, withFittedAlpha, type Candidate } from '../norm/identify/identify';
import { identifyArithmetic, type ArithmeticCandidate } from '../norm/identify/identifyArithmetic';
import { identifyGradients, type GradientIdentification } from '../norm/identifyGradients';
import type { NormCase } from '../norm/normCase';
import { formatNumber } from '../tensor/formatNumber';
import { caseOptions, readCase } from './caseOptions';
import type { Command, Options, Outcome } from './command';
import { specJson } from './specJson';
import { table } from './table';
import { withDump } from './withDump';

/** Finds the convention that made y from x, and how dx, dγ and dβ were made from dy; exit code 1 if nothing tried explains one. */
export const identify: Command = {
  usage: 'identify FILE [--x NAME --y NAME --weight NAME --bias NAME --grad-output NAME --grad-input NAME …]',
  options: { ...caseOptions, y: { type: 'string', value: 'NAME', help: 'the output; as --output' } },
  files: 1,
  run: ([path], options) => withDump(path, options, (dump) => answer(dump, options)),
};

async function answer(dump: Dump, options: Options): Promise<Outcome> {
  const { y, ...rest } = options;
  // The kind is what is asked for; without one stated, readCase needs some kind to read the tensors by.
  const named = { kind: 'layer_norm', ...rest, ...(y === undefined ? {} : { output: y }) };
  const normCase = await readCase(dump, named);
  const { output, gradOutput } = normCase;
  // A backward alone may be asked about; a case with neither y nor gradients is told what it lacks.
  const forward = output || !gradOutput ? identifyNorm(normCase) : undefined;
  const best = forward?.best;
  const arithmetic =
    best?.biasApplied && !best.recovered && best.alpha === undefined ? identifyArithmetic(normCase, best.spec) : [];
  const specs = [normCase.spec, ...(best ? [best.spec] : [])];
  const gradients = identifyGradients(withFittedAlpha(normCase, best), specs);
  return {
    json: { ...forwardJson(normCase, forward), ...arithmeticJson(arithmetic), ...gradientsJson(normCase, gradients) },
    text: [forward && forwardText(forward), arithmeticText(arithmetic), gradients && gradientsText(gradients)]
      .filter(Boolean)
      .join('\n\n'),
    isNo: (forward && !best) || hasUnknown(gradients),
  };
}

type Forward = ReturnType<typeof identifyNorm>;

function forwardJson({ x }: NormCase, forward: Forward | undefined): Record<string, unknown> {
  if (forward === undefined) {
    return {
      best: null,
      candidates: [],
      ambiguous: true,
      explanation: 'No output y is known, so only the gradients were looked at.',
    };
  }
  const { best, candidates, ambiguous, explanation } = forward;
  const json = ({ spec, biasApplied, alpha, maxAbsError, relError }: Candidate) => ({
    spec: specJson(spec, x.shape),
    biasApplied,
    ...(alpha !== undefined && { alpha }),
    maxAbsError,
    relError,
  });
  const recovered = best?.recovered && {
    recovered: { weight: Array.from(best.recovered.weight), bias: Array.from(best.recovered.bias) },
  };
  return {
    best: best ? { ...json(best), ...recovered } : null,
    candidates: candidates.map(json),
    ambiguous,
    explanation,
  };
}

function forwardText({ candidates, explanation }: Forward): string {
  const hasAlpha = candidates.some(({ alpha }) => alpha !== undefined);
  const rows = candidates.map(({ spec, alpha, biasApplied, maxAbsError, relError }) => [
    spec.kind,
    spec.axes.join(','),
    ...(spec.kind === 'dyt' ? ['', '', ''] : [formatNumber(spec.eps), spec.epsPlace, spec.divisor]),
    ...(hasAlpha ? [alpha === undefined ? '' : formatNumber(alpha)] : []),
    `${spec.weightOffset}`,
    biasApplied ? 'yes' : 'no',
    formatNumber(maxAbsError),
    formatNumber(relError),
  ]);
  const header = [
    'kind',
    'axes',
    'eps',
    'place',
    'divisor',
    ...(hasAlpha ? ['alpha'] : []),
    'weight +',
    'bias',
    'max error',
    'relative',
  ];
  return `${explanation}\n\n${table(header, rows)}`;
}

function arithmeticJson(arithmetic: readonly ArithmeticCandidate[]): Record<string, unknown> {
  const json = ({ spec, bitEqual }: ArithmeticCandidate) => ({
    computeDtype: spec.computeDtype,
    castOrder: spec.castOrder,
    bitEqual,
  });
  return arithmetic.length > 0 ? { arithmetic: arithmetic.map(json) } : {};
}

function arithmeticText(arithmetic: readonly ArithmeticCandidate[]): string {
  const rows = arithmetic.map(({ spec, bitEqual }) => [
    spec.computeDtype,
    spec.castOrder,
    `${(100 * bitEqual).toFixed(1)} %`,
  ]);
  return rows.length > 0 ? table(['computed in', 'cast', 'equal bit by bit'], rows) : '';
}

const gradientNames = { gradInput: 'dx', gradWeight: 'dγ', gradBias: 'dβ', gradAlpha: 'dα' } as const;

/** `backward` is the kind of dx alone, as the contract has it; the rest stands beside it. */
function gradientsJson({ x }: NormCase, found: GradientIdentification | undefined): Record<string, unknown> {
  if (found === undefined) {
    return {};
  }
  return {
    ...(found.gradInput && { backward: found.gradInput.kind }),
    gradients: {
      spec: specJson(found.spec, x.shape),
      ...Object.fromEntries(
        named(found).map(([name, { kind, ambiguous, explanation, candidates }]) => [
          name,
          {
            kind,
            ambiguous,
            explanation,
            candidates: candidates.map((candidate) => ({
              kind: candidate.kind,
              factor: candidate.factor,
              relError: candidate.relError,
            })),
          },
        ]),
      ),
    },
  };
}

function gradientsText(found: GradientIdentification): string {
  return table(
    ['gradient', 'what it is', ''],
    named(found).map(([name, { kind, explanation }]) => [gradientNames[name], kind, explanation]),
  );
}

function hasUnknown(found: GradientIdentification | undefined): boolean {
  return found !== undefined && named(found).some(([, { fitting }]) => fitting.length === 0);
}

function named(found: GradientIdentification) {
  return (['gradInput', 'gradWeight', 'gradBias', 'gradAlpha'] as const).flatMap((name) => {
    const gradient = found[name];
    return gradient ? [[name, gradient] as const] : [];
  });
}
