import type { Dump } from '../formats/dump';
import { checkGradients, type GradientResult } from '../norm/gradientCheck';
import { formatNumber } from '../tensor/formatNumber';
import { formatShape } from '../tensor/shape';
import { caseOptions, partsOf, readCase } from './caseOptions';
import type { Command, Options, Outcome } from './command';
import { refuseIdleOptions } from './idleOptions';
import { table } from './table';
import { withDump } from './withDump';

/** Holds the engine's gradients against central differences, and the file's own against the engine's. */
export const gradcheck: Command = {
  usage: 'gradcheck FILE --kind KIND [--x NAME --weight NAME --bias NAME --grad-output NAME --grad-input NAME …]',
  options: caseOptions,
  files: 1,
  run: ([path], options) => withDump(path, options, (dump) => answer(dump, options)),
};

/** What `--json` tells of a gradient. */
const fields = [
  'name',
  'source',
  'maxAbsError',
  'maxRelError',
  'worstIndex',
  'taylorOrder',
  'directions',
  'sharp',
  'passed',
  'explanation',
] as const;

async function answer(dump: Dump, options: Options): Promise<Outcome> {
  const normCase = await readCase(dump, options);
  refuseIdleOptions(options, normCase.spec.kind);
  const { passed, gradients } = checkGradients(normCase);
  const { sentence, tensors } = partsOf(normCase);
  return {
    json: {
      passed,
      tensors,
      gradients: gradients.map((gradient) => Object.fromEntries(fields.map((field) => [field, gradient[field]]))),
    },
    text: `${sentence}\n\n${table(
      ['gradient', 'source', 'max error', 'relative', 'limit', 'worst at', 'verdict'],
      gradients.map((gradient) => [
        gradient.name,
        gradient.source,
        formatNumber(gradient.maxAbsError),
        formatNumber(gradient.maxRelError),
        formatNumber(gradient.limit),
        formatShape(gradient.worstIndex),
        verdictOf(gradient),
      ]),
    )}`,
    isNo: !passed,
  };
}

function verdictOf({ passed, taylorOrder, explanation }: GradientResult): string {
  const verdict = passed ? 'passed' : 'FAILED';
  const order = taylorOrder === undefined ? '' : `, Taylor order ${taylorOrder.toFixed(2)}`;
  return `${verdict}${order}${explanation ? `: ${explanation}` : ''}`;
}
