import type { OutputHypothesis } from '../../norm/outputHypotheses';
import { formatNumber } from '../../tensor/formatNumber';
import type { NormSite } from './normSite';

/** How far an output is from the convention of its norm: the beginning of a sentence. */
export function deviation({ names, guessed, normCase }: NormSite, { relError }: OutputHypothesis): string {
  return (
    `${names.tensors.output} is off by ${formatNumber(relError)} of its norm from the ${normCase.spec.kind} that ` +
    (guessed ? 'its names suggest' : 'the file states')
  );
}
