import type { TensorEntry } from '../../src/protocol';

/** A part of the tensors' dotted names, with what stands below it. */
export interface TreeNode {
  /** The part of the names up to here: "blocks.0". */
  readonly path: string;
  /** What the line shows: the last part, or several where nothing branches off between them. */
  readonly label: string;
  /** The tensor of just this name; some names continue others. */
  readonly tensor?: TensorEntry;
  readonly children: readonly TreeNode[];
}

interface Branch {
  path: string;
  label: string;
  tensor?: TensorEntry;
  /** By their paths: two separators may part the same labels. */
  readonly children: Map<string, Branch>;
}

/** Dots or slashes between two parts of a name; at its ends they belong to the part beside them. */
const separator = /(?<=[^./])[./]+(?=[^./])/g;

/** The tensors as a tree by the parts of their names, in the order in which they come. */
export function tensorTree(tensors: readonly TensorEntry[]): readonly TreeNode[] {
  const root: Branch = { path: '', label: '', children: new Map() };
  for (const tensor of tensors) {
    let branch = root;
    for (const { label, path } of partsOf(tensor.name)) {
      let next = branch.children.get(path);
      if (next === undefined) {
        next = { path, label, children: new Map() };
        branch.children.set(path, next);
      }
      branch = next;
    }
    branch.tensor = tensor;
  }
  return [...root.children.values()].map(compact);
}

/** The nodes that a tensor stands below, from the outermost on. */
export function pathTo(nodes: readonly TreeNode[], tensor: string): readonly TreeNode[] {
  const next = nodes.find(
    ({ path, children }) => children.length > 0 && tensor.startsWith(path) && /[./]/.test(tensor.charAt(path.length)),
  );
  return next === undefined ? [] : [next, ...pathTo(next.children, tensor)];
}

function partsOf(name: string): { label: string; path: string }[] {
  const ends = [...name.matchAll(separator)].map(({ index, 0: text }) => ({ end: index, next: index + text.length }));
  ends.push({ end: name.length, next: name.length });
  let start = 0;
  return ends.map(({ end, next }) => {
    const label = name.slice(start, end);
    start = next;
    return { label, path: name.slice(0, end) };
  });
}

/** A chain of parts without branches is one line, as the editor's explorer shows folders that hold but one folder. */
function compact(branch: Branch): TreeNode {
  const { path, label, tensor } = branch;
  const children = [...branch.children.values()].map(compact);
  const [only] = children;
  return tensor === undefined && children.length === 1
    ? { ...only, label: only.path.slice(path.length - label.length) }
    : { path, label, tensor, children };
}
