import type { Dump } from '../formats/dump';
import type { Shape } from '../tensor/shape';
import type { FindingsReport } from './findings/diagnose';
import type { Finding } from './findings/finding';
import type { ViewReport, ViewSentence } from './viewReport';

/** Findings that are listed; more than a person reads. */
const maxListed = 200;

/** What is wrong with a dump or unusual in it, as it is shown: errors first, each with the tensor it is in. */
export function findingsView(
  { findings, tensorsScanned, normsExamined, notes }: FindingsReport,
  dump: Dump,
): ViewReport {
  const shapes = new Map(dump.tensors.map(({ name, shape }) => [name, shape]));
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const listed = findings.slice(0, maxListed);
  return {
    sentences: [
      ...(findings.length === 0
        ? [{ severity: 'pass' as const, text: 'Nothing stands out in this dump.' }]
        : listed.map((finding) => sentenceOf(finding, shapes.get(finding.tensor)))),
      ...(listed.length < findings.length ? [{ text: `… ${findings.length - listed.length} more` }] : []),
      ...notes.map((text) => ({ severity: 'info' as const, text })),
    ],
    facts: [
      { name: 'errors', value: count('error') },
      { name: 'warnings', value: count('warning') },
      { name: 'worth knowing', value: count('info') },
      { name: 'tensors read', value: tensorsScanned },
      { name: 'norms examined', value: normsExamined },
    ],
    charts: [],
    tables: [],
  };
}

function sentenceOf({ severity, message, advice, tensor, where }: Finding, shape: Shape | undefined): ViewSentence {
  return { severity, text: message, advice, tensor, row: shape && rowOf(where.rows?.[0], shape) };
}

/** The number of a row along the last axis; undefined where the place is a row of other axes. */
function rowOf(index: readonly number[] | undefined, shape: Shape): number | undefined {
  return index?.length === shape.length - 1
    ? index.reduce((row, position, axis) => row * shape[axis] + position, 0)
    : undefined;
}
