import type { OutputFit } from '../../norm/identify/outputTrial';
import { kindNames } from '../../norm/specTerms';
import { formatNumber } from '../../tensor/formatNumber';
import type { NormSite, SpecSource } from './normSite';

const sourceWords: Readonly<Record<SpecSource, string>> = {
  file: 'the file states',
  output: 'its first rows follow',
  names: 'its names suggest',
  peers: 'most norms named like it follow',
};

/** How far an output is from the convention of its norm: the beginning of a sentence. */
export function deviation({ names, toldBy, normCase }: NormSite, { relError }: OutputFit): string {
  return (
    `${names.tensors.output} is off by ${formatNumber(relError)} of its norm from the ${kindNames[normCase.spec.kind]} that ` +
    sourceWords[toldBy]
  );
}
