import { withComplexParts } from '../formats/complexParts';
import { diagnose as diagnoseDump, type FindingsReport } from '../report/findings/diagnose';
import { findingCodes, type Finding, type FindingCode } from '../report/findings/finding';
import { counted } from '../tensor/formatCount';
import type { Command, Options } from './command';
import { rawOptions } from './rawOptions';
import { UsageError } from './usageError';
import { withDump } from './withDump';

/** Says what is wrong or unusual in a dump; exit code 1 if there is an error among it. */
export const diagnose: Command = {
  usage: 'diagnose FILE [--ignore CODE …]',
  options: {
    ...rawOptions,
    ignore: { type: 'string', multiple: true, value: 'CODE', help: 'a code of findings that is not reported' },
  },
  files: 1,
  run: ([path], options) =>
    withDump(path, options, async (dump) => {
      const report = await diagnoseDump(withComplexParts(dump), { ignore: readCodes(options) });
      return {
        json: { findings: report.findings, notes: report.notes },
        text: textOf(report),
        isNo: report.findings.some(({ severity }) => severity === 'error'),
      };
    }),
};

const severities: readonly Finding['severity'][] = ['error', 'warning', 'info'];

function textOf({ findings, tensorsScanned, normsExamined, notes }: FindingsReport): string {
  const count = (severity: Finding['severity']) => findings.filter((finding) => finding.severity === severity).length;
  const summary =
    findings.length === 0
      ? 'Nothing stands out'
      : severities.map((severity) => counted(count(severity), severity)).join(', ');
  return [
    ...findings.map(({ severity, code, message, advice }) => `${severity} ${code}: ${message}\n  ${advice}`),
    `${summary} in ${counted(tensorsScanned, 'tensor')} and ${counted(normsExamined, 'norm')}.`,
    ...notes,
  ].join('\n');
}

function readCodes({ ignore }: Options): Set<FindingCode> {
  const codes = Array.isArray(ignore) ? ignore.flatMap((list) => String(list).split(',')) : [];
  return new Set(
    codes.map((code) => {
      const known = findingCodes.find((candidate) => candidate === code);
      if (known === undefined) {
        throw new UsageError(`--ignore takes codes of findings, not "${code}"; there are ${findingCodes.join(', ')}.`);
      }
      return known;
    }),
  );
}
