import type { Scanned } from '../scan';
import type { Nonfinite } from './columns';
import type { TreeNode } from './tensorTree';

/** How many values of all tensors at and below each node are not finite, as far as is known. */
export function nonfiniteBelow(
  nodes: readonly TreeNode[],
  scanned: ReadonlyMap<string, Scanned>,
): ReadonlyMap<TreeNode, Nonfinite> {
  const sums = new Map<TreeNode, Nonfinite>();
  const sumOf = (node: TreeNode): Nonfinite => {
    const own = node.tensor && scanned.get(node.tensor.name);
    let sum: Nonfinite = own && 'stats' in own ? own.stats : { nan: 0, posInf: 0, negInf: 0 };
    for (const child of node.children) {
      const { nan, posInf, negInf } = sumOf(child);
      sum = { nan: sum.nan + nan, posInf: sum.posInf + posInf, negInf: sum.negInf + negInf };
    }
    sums.set(node, sum);
    return sum;
  };
  nodes.forEach(sumOf);
  return sums;
}
