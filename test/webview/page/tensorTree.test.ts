import { expect, it } from 'vitest';
import type { TensorEntry } from '../../../src/protocol';
import { pathTo, tensorTree, type TreeNode } from '../../../webview/list/tensorTree';

const entry = (name: string): TensorEntry => ({ name, dtype: 'float32', shape: [1], byteLength: 4 });
const treeOf = (...names: string[]) => tensorTree(names.map(entry));

/** A node as its label, a tensor marked by an asterisk, with its children in brackets. */
const drawn = (nodes: readonly TreeNode[]): string =>
  nodes
    .map(
      ({ label, tensor, children }) =>
        label + (tensor ? '*' : '') + (children.length > 0 ? `[${drawn(children)}]` : ''),
    )
    .join(' ');

it('branches at the dots of the names, in the order of the file', () => {
  expect(drawn(treeOf('h.1.weight', 'h.1.bias', 'h.0.weight', 'h.0.bias', 'wte'))).toBe(
    'h[1[weight* bias*] 0[weight* bias*]] wte*',
  );
});

it('shows parts between which nothing branches off as one line', () => {
  const [root] = treeOf('model.layers.0.w', 'model.layers.1.w');
  expect(drawn([root])).toBe('model.layers[0.w* 1.w*]');
  expect(root.path).toBe('model.layers');
});

it('branches at slashes too, and leaves them at the ends of a name alone', () => {
  expect(drawn(treeOf('/enc/w', '/enc/b', 'odd..name', '.', '...'))).toBe('/enc[w* b*] odd..name* .* ...*');
});

it('keeps a tensor whose name others continue', () => {
  expect(drawn(treeOf('loss', 'loss.scale', 'loss.mean'))).toBe('loss*[scale* mean*]');
});

it('keeps every tensor once, whatever the names', () => {
  const names = ['a', 'a.b', 'a.b.c', 'a..b', 'a/b', '', '.a', 'a.', '__proto__', '__proto__.x', 'constructor'];
  const collect = (nodes: readonly TreeNode[]): string[] =>
    nodes.flatMap(({ tensor, children }) => [...(tensor ? [tensor.name] : []), ...collect(children)]);
  expect(collect(treeOf(...names)).sort()).toEqual([...names].sort());
});

it('knows what a tensor stands below', () => {
  const tree = treeOf('model.layers.1.w', 'model.layers.10.w', 'model.layers.10.b');
  expect(pathTo(tree, 'model.layers.10.b').map(({ path }) => path)).toEqual(['model.layers', 'model.layers.10']);
  expect(pathTo(tree, 'model')).toEqual([]);
});
