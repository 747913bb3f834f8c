import type { CaseNames, CaseRole, Listing, ListSort, TensorEntry, TensorStats } from '../../src/protocol';
import { formatCount, formatEps, formatShape } from '../format';
import { kindNames, roleNames } from '../words';
import { columns } from './columns';
import { tensorTree, type TreeNode } from './tensorTree';

/** One line of the list: something to choose, something to unfold, or both. */
export interface ListRow {
  /** The same for the same line, however the list is folded, filtered or sorted. */
  readonly key: string;
  /** From 1, as in a tree. */
  readonly level: number;
  readonly label: string;
  /** The whole name, where the label is a part of it. */
  readonly title: string;
  /** Quiet text after the label. */
  readonly description?: string;
  readonly tensor?: TensorEntry;
  /** Undefined for a line that has nothing below it. */
  readonly expanded?: boolean;
  /** The part of the tree that the line stands for, if it is one. */
  readonly node?: TreeNode;
  /** Position among its neighbours, from 1, and how many they are. */
  readonly position: number;
  readonly count: number;
}

/** How the list is looked at. */
export interface ListView {
  /** Keeps the lines whose name, dtype, shape or kind holds every word of it. */
  readonly filter: string;
  readonly sort?: ListSort;
  readonly isExpanded: (key: string) => boolean;
  readonly statsOf: (tensor: string) => TensorStats | undefined;
}

const naturalOrder = new Intl.Collator('en', { numeric: true }).compare;

/**
 * The lines of the list: norms found first, then the tensors, as a tree by their names. Sorted by anything but the name,
 * the tensors stand without the tree, each with its whole name.
 */
export function listRows(listing: Listing, view: ListView): ListRow[] {
  const matches = matcher(view.filter);
  const byName = new Map(listing.tensors.map((tensor) => [tensor.name, tensor]));
  const cases = listing.cases
    .map((found) => ({
      title: found.site || found.tensors.x,
      description: describeCase(found),
      tensor: byName.get(found.tensors.x)!,
    }))
    .filter(({ title, description, tensor }) => matches(`${title} ${description} ${describeTensor(tensor)}`));
  // What all norms have in common is said once, above them.
  const shared = cases[0]?.description;
  const common = cases.every(({ description }) => description === shared) ? shared : undefined;
  const tensors = listing.tensors.filter((tensor) => matches(`${tensor.name} ${describeTensor(tensor)}`));
  return [
    ...(listing.cases.length === 0
      ? []
      : section('norms', formatCount(cases.length, 'norm'), caseRows(cases, view, common), common)),
    ...section('tensors', formatCount(tensors.length, 'tensor'), tensorRows(tensors, view)),
  ];

  function section(key: string, label: string, rows: ListRow[], description?: string): ListRow[] {
    const expanded = view.isExpanded(key);
    return [
      { key, level: 1, label, title: label, description, expanded, position: 1, count: 1 },
      ...(expanded ? rows : []),
    ];
  }
}

function matcher(filter: string): (text: string) => boolean {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  return (text) => {
    const lower = text.toLowerCase();
    return words.every((word) => lower.includes(word));
  };
}

function caseRows(
  cases: readonly { title: string; description: string; tensor: TensorEntry }[],
  view: ListView,
  common: string | undefined,
): ListRow[] {
  return sorted(
    cases,
    ({ tensor }) => tensor,
    ({ title }) => title,
    view,
  ).map((found, i) => ({
    key: `norm:${found.title}`,
    level: 2,
    label: found.title,
    ...found,
    description: common === undefined ? found.description : undefined,
    position: i + 1,
    count: cases.length,
  }));
}

function tensorRows(tensors: readonly TensorEntry[], view: ListView): ListRow[] {
  if (view.sort === undefined || view.sort.column === 'name') {
    return treeRows(tensorTree(tensors), 2, view);
  }
  return sorted(
    tensors,
    (tensor) => tensor,
    ({ name }) => name,
    view,
  ).map((tensor, i) => ({
    key: keyOf(tensor.name),
    level: 2,
    label: tensor.name,
    title: tensor.name,
    tensor,
    position: i + 1,
    count: tensors.length,
  }));
}

/** Whether a key is that of the head of the norms or of the tensors. */
export function isSection(key: string): boolean {
  return key === 'norms' || key === 'tensors';
}

/** The key of the line that stands for a name, or for a part of names. */
export function keyOf(path: string): string {
  return `tensor:${path}`;
}

function treeRows(nodes: readonly TreeNode[], level: number, view: ListView): ListRow[] {
  const ordered = view.sort === undefined ? nodes : inOrder(nodes, ({ label }) => label, view.sort);
  return ordered.flatMap((node, i) => {
    const { path, label, tensor, children } = node;
    const key = keyOf(path);
    const expanded = children.length === 0 ? undefined : view.isExpanded(key);
    return [
      { key, level, label, title: path, tensor, expanded, node, position: i + 1, count: nodes.length },
      ...(expanded ? treeRows(children, level + 1, view) : []),
    ];
  });
}

function sorted<T>(
  items: readonly T[],
  tensorOf: (item: T) => TensorEntry,
  nameOf: (item: T) => string,
  { sort, statsOf }: ListView,
): readonly T[] {
  if (sort === undefined) {
    return items;
  }
  const { column } = sort;
  return inOrder(
    items,
    column === 'name' ? nameOf : (item) => columns[column].key(tensorOf(item), statsOf(tensorOf(item).name)),
    sort,
  );
}

/** In the order of their keys; items without one keep their order behind the others. */
function inOrder<T>(
  items: readonly T[],
  keyOf: (item: T) => number | string | undefined,
  { descending }: ListSort,
): T[] {
  const keyed = items.map((item) => ({ item, key: keyOf(item) }));
  const sign = descending ? -1 : 1;
  return keyed
    .sort((a, b) => {
      if (a.key === undefined || b.key === undefined) {
        return Number(a.key === undefined) - Number(b.key === undefined);
      }
      return typeof a.key === 'number' && typeof b.key === 'number'
        ? sign * Math.sign(a.key - b.key)
        : sign * naturalOrder(String(a.key), String(b.key));
    })
    .map(({ item }) => item);
}

function describeTensor({ dtype, shape }: TensorEntry): string {
  return `${dtype} ${formatShape(shape)}`;
}

function describeCase({ kind, eps, guessed, tensors }: CaseNames): string {
  const roles = (Object.keys(roleNames) as CaseRole[]).filter((role) => tensors[role] !== undefined);
  const symbols = roles.map((role) => roleNames[role].split(' ')[0]);
  return [`${kindNames[kind]}${guessed ? '?' : ''}`, kind === 'dyt' ? '' : `ε ${formatEps(eps)}`, symbols.join(' ')]
    .filter(Boolean)
    .join(' · ');
}
