import type { Dump } from '../formats/dump';
import { checkGradients } from '../norm/gradientCheck';
import { formatNumber } from '../tensor/formatNumber';
import { caseOptions, readCase } from './caseOptions';
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
  return {
    json: {
      passed,
      gradients: gradients.map((gradient) => Object.fromEntries(fields.map((field) => [field, gradient[field]]))),
    },
    text: table(
      ['gradient', 'source', 'max error', 'relative', 'limit', 'worst at', 'verdict'],
      gradients.map(({ name, source, maxAbsError, maxRelError, limit, worstIndex, passed: ok, explanation }) => [
        name,
        source,
        formatNumber(maxAbsError),
        formatNumber(maxRelError),
        formatNumber(limit),
        `[${worstIndex.join(', ')}]`,
        `${ok ? 'passed' : 'FAILED'}${explanation ? `: ${explanation}` : ''}`,
      ]),
    ),
    isNo: !passed,
  };
}
