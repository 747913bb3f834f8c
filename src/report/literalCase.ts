import { geometryOf } from '../norm/geometry';
import type { CaseRole, NormCase } from '../norm/normCase';
import { defaultEps, defaultSpec, trailingAxes, type NormSpec } from '../norm/normSpec';
import { roleOf } from '../norm/sites';
import { LiteralError, ShapeError } from '../tensor/errors';
import { elementCount } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import type { ArrayLiteral, LiteralObject } from '../text/arrayLiteral';

/** The title of an array that its text gives no name. */
export const unnamed = 'array';

/** A norm case read from text, and where its x stands. */
export interface LiteralCase {
  readonly case: NormCase;
  readonly x: ArrayLiteral;
  /** The key or variable that x stands under, or `unnamed`. */
  readonly title: string;
  readonly roles: { readonly [role in CaseRole]?: string };
  readonly specOrigin: string;
}

/**
 * An array on its own: x of a LayerNorm over its last axis.
 *
 * @param title what the text calls it
 * @throws LiteralError if only a part of it is shown
 */
export function caseOfArray(x: ArrayLiteral, title = unnamed): LiteralCase {
  return {
    case: { spec: defaultSpec('layer_norm'), x: tensorOf('x', x) },
    x,
    title,
    roles: {},
    specOrigin: 'PyTorch’s defaults',
  };
}

/**
 * An object such as {"x": [[…]], "weight": […], "bias": […], "eps": 1e-5, "grad_output": [[…]]}: a whole case.
 *
 * @returns undefined if none of its arrays is named as an input
 * @throws  ShapeError if a tensor does not fit x; LiteralError if eps is negative or not finite, or
 *   only a part of an array is shown
 */
export function caseOfObject(object: LiteralObject): LiteralCase | undefined {
  const arrays = new Map<'x' | CaseRole, [name: string, literal: ArrayLiteral]>();
  let eps: number | undefined;
  for (const [name, entry] of object.entries) {
    if (typeof entry === 'number') {
      eps = name === 'eps' || name === 'epsilon' ? entry : eps;
      continue;
    }
    const role = roleOf(name);
    if (role !== undefined && !arrays.has(role)) {
      arrays.set(role, [name, entry]);
    }
  }
  const x = arrays.get('x');
  if (x === undefined) {
    return undefined;
  }
  if (eps !== undefined && !(eps >= 0 && Number.isFinite(eps))) {
    throw new LiteralError('syntax', `eps is ${eps}; it should be a number from 0 up.`, object.start, object.end);
  }
  arrays.delete('x');
  const roles: { [role in CaseRole]?: string } = {};
  const tensors: { [role in CaseRole]?: Tensor } = {};
  for (const [role, [name, literal]] of arrays) {
    roles[role as CaseRole] = name;
    tensors[role as CaseRole] = tensorOf(name, literal);
  }
  const spec = specFor(tensorOf(x[0], x[1]), tensors, eps);
  return {
    case: { spec, x: tensorOf(x[0], x[1]), ...tensors },
    x: x[1],
    title: x[0],
    roles,
    specOrigin: eps === undefined ? 'PyTorch’s defaults' : 'ε stated beside the array',
  };
}

/**
 * A case with arrays from elsewhere in place of its own: γ, β, dy, y or dx that a person points at one by one.
 *
 * @param added by role: what to call it, and the array
 * @throws ShapeError if one does not fit x
 */
export function withRoles(
  base: LiteralCase,
  added: ReadonlyMap<CaseRole, { readonly title: string; readonly literal: ArrayLiteral }>,
): LiteralCase {
  const tensors: { [role in CaseRole]?: Tensor } = {};
  const roles: { [role in CaseRole]?: string } = { ...base.roles };
  for (const [role, { title, literal }] of added) {
    tensors[role] = tensorOf(title, literal);
    roles[role] = title;
  }
  const affine = tensors.weight ?? tensors.bias;
  const { spec } = base.case;
  const normCase = {
    ...base.case,
    ...tensors,
    spec: affine ? { ...spec, axes: trailingAxes(affine.shape.length) } : spec,
  };
  geometryOf(normCase);
  return { ...base, case: normCase, roles };
}

/**
 * The whole array as a tensor.
 *
 * @throws LiteralError if only a part of it is shown: what is left out takes part in every norm and comparison
 */
export function tensorOf(name: string, { shape, values, resolution, truncated, start, end }: ArrayLiteral): Tensor {
  if (truncated) {
    const reason =
      `Only ${values.length} of the array’s numbers are printed, the rest is left out with “...”: ` +
      'print the whole array (set_printoptions with a larger threshold) or save it to a file.';
    throw new LiteralError('truncated', reason, start, end);
  }
  return { name, dtype: 'float64', shape, values, ...(resolution !== undefined && { resolution }) };
}

/** LayerNorm over as many axes as the weight has, or the last one. */
function specFor(x: Tensor, tensors: { [role in CaseRole]?: Tensor }, eps: number | undefined): NormSpec {
  const affine = tensors.weight ?? tensors.bias;
  for (const role of ['gradOutput', 'output', 'gradInput'] as const) {
    const tensor = tensors[role];
    if (tensor !== undefined && elementCount(tensor.shape) !== elementCount(x.shape)) {
      throw new ShapeError(
        `"${tensor.name}" has ${elementCount(tensor.shape)} numbers, "${x.name}" has ${elementCount(x.shape)}; both need the same shape.`,
      );
    }
  }
  return {
    ...defaultSpec('layer_norm'),
    eps: eps ?? defaultEps.layer_norm,
    axes: trailingAxes(affine?.shape.length || 1),
  };
}
