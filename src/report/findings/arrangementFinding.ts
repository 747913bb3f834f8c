import type { Arrangement } from '../../norm/arrangements';
import type { OutputFit } from '../../norm/identify/outputTrial';
import { deviation } from './deviation';
import type { Finding } from './finding';
import type { NormSite } from './normSite';

/** An output whose rows were picked in another way than stated: heads for the projection, or channels in other groups. */
export function arrangementFinding(site: NormSite, stated: OutputFit, arrangement: Arrangement): Finding {
  const { names, guessed, normCase } = site;
  const isScope = arrangement.kind === 'heads' || arrangement.kind === 'projection';
  return {
    severity: guessed ? 'warning' : 'error',
    code: isScope ? 'norm-scope' : 'group-order',
    tensor: names.tensors.output!,
    where: {},
    message: `${deviation(site, stated)}, and equals it ${arrangementWords(arrangement, normCase)}.`,
    advice: isScope
      ? 'Check whether this norm is meant for each head or for the whole projection, and reshape its input accordingly.'
      : 'Check the number of groups and the layout of the channels.',
  };
}

function arrangementWords({ kind, count }: Arrangement, { spec, x }: NormSite['normCase']): string {
  const width = x.shape.at(-1)!;
  switch (kind) {
    case 'heads':
      return `with each row cut into ${count} heads of ${width / count}, normalized by themselves`;
    case 'projection':
      return `with ${count} rows of ${width} normalized together, as a whole projection instead of each head`;
    case 'groups':
      return `with the channels in ${count} groups instead of ${spec.numGroups}`;
    case 'interleaved':
      return `with groups of every ${count}th channel instead of neighbouring ones`;
    case 'channels':
      return `with the channels along axis ${count} instead of ${spec.channelAxis}`;
  }
}
