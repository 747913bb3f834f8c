import type { CaseEntry, CaseRole, Listing, TensorEntry } from '../../src/protocol';
import { formatBytes, formatCount, formatEps, formatShape } from '../format';
import { kindNames, roleNames } from '../words';

/** The groups of the list. */
export type Group = 'cases' | 'tensors';

/** One line of the list: the head of a group, or something to choose. */
export type TensorRow =
  | { readonly kind: 'head'; readonly group: Group; readonly label: string; readonly expanded: boolean }
  | {
      readonly kind: 'item';
      readonly group: Group;
      /** The tensor to show. */
      readonly tensor: string;
      /** The name in two parts, so that the end, which tells neighbours apart, is the last to be cut. */
      readonly stem: string;
      readonly tail: string;
      readonly detail: string;
      /** Position in its group, from 1, and how many there are. */
      readonly position: number;
      readonly count: number;
    };

/**
 * The lines of the list: norms found first, then all tensors.
 *
 * @param filter    keeps the lines whose name, dtype, shape or kind holds every word of it
 * @param collapsed groups that show only their head
 */
export function tensorRows(listing: Listing, filter: string, collapsed: ReadonlySet<Group>): TensorRow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (name: string, detail: string) => {
    const text = `${name} ${detail}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const cases = listing.cases
    .map((found) => ({ tensor: found.tensors.x, name: found.site || found.tensors.x, detail: describeCase(found) }))
    .filter(({ name, detail }) => matches(name, detail));
  const tensors = listing.tensors
    .map((entry) => ({ tensor: entry.name, name: entry.name, detail: describeTensor(entry) }))
    .filter(({ name, detail }) => matches(name, detail));
  return [
    ...(listing.cases.length === 0 ? [] : group('cases', formatCount(cases.length, 'norm'), cases, collapsed)),
    ...group('tensors', formatCount(tensors.length, 'tensor'), tensors, collapsed),
  ];
}

function group(
  group: Group,
  label: string,
  items: readonly { tensor: string; name: string; detail: string }[],
  collapsed: ReadonlySet<Group>,
): TensorRow[] {
  const expanded = !collapsed.has(group);
  return [
    { kind: 'head', group, label, expanded },
    ...(expanded ? items : []).map(({ tensor, name, detail }, i) => {
      const dot = name.lastIndexOf('.');
      return {
        kind: 'item' as const,
        group,
        tensor,
        stem: dot > 0 ? name.slice(0, dot) : '',
        tail: dot > 0 ? name.slice(dot) : name,
        detail,
        position: i + 1,
        count: items.length,
      };
    }),
  ];
}

function describeTensor({ dtype, shape, byteLength }: TensorEntry): string {
  return `${dtype} ${formatShape(shape)} · ${formatBytes(byteLength)}`;
}

function describeCase({ kind, eps, guessed, tensors }: CaseEntry): string {
  const roles = (Object.keys(roleNames) as CaseRole[]).filter((role) => tensors[role] !== undefined);
  const symbols = roles.map((role) => roleNames[role].split(' ')[0]);
  return [`${kindNames[kind]}${guessed ? '?' : ''}`, `ε ${formatEps(eps)}`, symbols.join(' ')]
    .filter(Boolean)
    .join(' · ');
}
