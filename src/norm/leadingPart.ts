import { elementCount, resolveAxes } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import { caseRoles, featureRoles, scalarRoles, summedRoles, type NormCase } from './normCase';
import { isChannelKind, type NormSpec } from './normSpec';

/**
 * The first rows of a case, as many as stay within a number of values: x and what has its shape are cut along the first
 * axis of more than one that is not normalized. Gradients of weight, bias and α are left out, since they sum over all rows.
 *
 * @returns the case itself if it is small enough; undefined if it cannot be cut without changing the statistics
 */
export function leadingPart(normCase: NormCase, maxValues: number): NormCase | undefined {
  const { spec, x } = normCase;
  const count = elementCount(x.shape);
  if (count <= maxValues) {
    return normCase;
  }
  const axis = x.shape.findIndex((length) => length > 1);
  const kept = Math.floor((maxValues / count) * x.shape[axis]);
  if (kept < 1 || isNormalized(spec, axis, x.shape.length)) {
    return undefined;
  }
  const cut = (tensor: Tensor): Tensor => ({
    ...tensor,
    shape: tensor.shape.with(axis, kept),
    values: tensor.values.subarray(0, (tensor.values.length / x.shape[axis]) * kept),
  });
  const ofEveryValue = caseRoles.filter((role) => !featureRoles.has(role) && !scalarRoles.has(role));
  const cuts = ofEveryValue.flatMap((role) => {
    const tensor = normCase[role];
    return tensor ? [[role, cut(tensor)] as const] : [];
  });
  const sums = [...summedRoles].map((role) => [role, undefined] as const);
  return { ...normCase, ...Object.fromEntries(sums), x: cut(x), ...Object.fromEntries(cuts) };
}

/** Whether rows of x reach along an axis, or γ does. */
function isNormalized({ kind, axes }: NormSpec, axis: number, rank: number): boolean {
  return isChannelKind(kind) ? kind === 'batch_norm' || axis > 0 : resolveAxes(axes, rank).includes(axis);
}
