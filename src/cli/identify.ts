import type { Dump } from '../formats/dump';
import { identify as identifyNorm, type Candidate } from '../norm/identify';
import { formatNumber } from '../report/formatNumber';
import { caseOptions, readCase } from './caseOptions';
import type { Command, Options, Outcome } from './command';
import { specJson } from './specJson';
import { table } from './table';
import { withDump } from './withDump';

/** Finds the convention that made y from x; exit code 1 if none does. */
export const identify: Command = {
  usage: 'identify FILE [--x NAME --y NAME --weight NAME --bias NAME]',
  options: { ...caseOptions, y: { type: 'string' } },
  files: 1,
  run: ([path], options) => withDump(path, (dump) => answer(dump, options)),
};

async function answer(dump: Dump, options: Options): Promise<Outcome> {
  const { y, ...rest } = options;
  // The kind is what is asked for; without one stated, readCase needs some kind to read the tensors by.
  const named = { kind: 'layer_norm', ...rest, ...(y === undefined ? {} : { output: y }) };
  const normCase = await readCase(dump, named);
  const { best, candidates, ambiguous, explanation } = identifyNorm(normCase);
  const json = ({ spec, biasApplied, maxAbsError, relError }: Candidate) => ({
    spec: specJson(spec, normCase.x.shape),
    biasApplied,
    maxAbsError,
    relError,
  });
  const rows = candidates.map(({ spec, biasApplied, maxAbsError, relError }) => [
    spec.kind,
    spec.axes.join(','),
    formatNumber(spec.eps),
    spec.epsPlace,
    spec.divisor,
    `${spec.weightOffset}`,
    biasApplied ? 'yes' : 'no',
    formatNumber(maxAbsError),
    formatNumber(relError),
  ]);
  const header = ['kind', 'axes', 'eps', 'place', 'divisor', 'weight +', 'bias', 'max error', 'relative'];
  return {
    json: { best: best ? json(best) : null, candidates: candidates.map(json), ambiguous, explanation },
    text: `${explanation}\n\n${table(header, rows)}`,
    isNo: best === undefined,
  };
}
