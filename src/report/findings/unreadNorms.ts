import { normKinds } from '../../norm/normSpec';
import type { CaseNames } from '../../norm/sites';
import { statedNorms, type StatedNorm } from '../../norm/statedNorms';
import { counted } from '../../tensor/formatCount';

/**
 * A sentence where a dump states norms that were not found in it: whoever wrote them believes that they are examined.
 *
 * @param cases the norms that were found
 */
export function unreadNorms(metadata: Readonly<Record<string, string>>, cases: readonly CaseNames[]): string[] {
  const stated = statedNorms(metadata);
  if (stated.size === 0 && Object.hasOwn(metadata, 'norms') && metadata.norms !== '{}') {
    return [
      'The metadata norms states no norm that can be read: it should be JSON, {"site": {"op": "layer_norm", "eps": 1e-5}}.',
    ];
  }
  const found = new Set(cases.map(({ site }) => site));
  const unread = [...stated].filter(([site]) => !found.has(site));
  return unread.length === 0 ? [] : [`${reasonOf(...unread[0])}; passed over: ${counted(unread.length, 'norm')}.`];
}

function reasonOf(site: string, { op, spec }: StatedNorm): string {
  if (!normKinds.some((kind) => kind === op)) {
    return `${site} is stated to be a ${op}, which is no known norm`;
  }
  return op === 'group_norm' && spec.numGroups === undefined
    ? `${site} is stated to be a group_norm without its num_groups`
    : `${site} is stated to be a ${op}, and the dump has no real tensor ${site}.input`;
}
