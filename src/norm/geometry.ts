import { ShapeError } from '../tensor/errors';
import { elementCount, formatShape, type Shape } from '../tensor/shape';
import { caseRoles, type CaseRole, type NormCase } from './normCase';
import type { NormSpec } from './normSpec';

/** How a norm cuts a tensor into rows: x is (rows, cols), row-major. */
export interface Geometry {
  readonly rows: number;
  /** Values in a row: what mean and variance are taken over. */
  readonly cols: number;
  /** The axes that rows are counted along; `[]` if x is a single row. */
  readonly leadingShape: Shape;
  /** The axes that are normalized; also the shape of weight and bias. */
  readonly normalizedShape: Shape;
}

/**
 * The rows of a tensor under a spec.
 *
 * @throws ShapeError if the tensor has fewer axes than the spec normalizes, or the spec normalizes none
 */
export function rowGeometry({ normalizedAxes }: NormSpec, shape: Shape): Geometry {
  if (!Number.isInteger(normalizedAxes) || normalizedAxes < 1 || normalizedAxes > shape.length) {
    throw new ShapeError(
      `x has shape ${formatShape(shape)}, so its last ${normalizedAxes} axes cannot be normalized together.`,
      { advice: 'Choose at least one axis and at most as many as x has.' },
    );
  }
  const leadingShape = shape.slice(0, shape.length - normalizedAxes);
  const normalizedShape = shape.slice(shape.length - normalizedAxes);
  return { rows: elementCount(leadingShape), cols: elementCount(normalizedShape), leadingShape, normalizedShape };
}

/** Roles that have one number per normalized element; the others have the shape of x. */
const featureRoles: ReadonlySet<CaseRole> = new Set(['weight', 'bias', 'gradWeight', 'gradBias']);

/**
 * The rows of a case.
 *
 * @throws ShapeError if the spec does not fit x, or a tensor of the case does not fit both; the message names the
 *         tensor, its shape and the one it needs
 */
export function geometryOf(normCase: NormCase): Geometry {
  const { spec, x } = normCase;
  const geometry = rowGeometry(spec, x.shape);
  for (const role of caseRoles) {
    const tensor = normCase[role];
    const needed = featureRoles.has(role) ? geometry.normalizedShape : x.shape;
    if (tensor !== undefined && formatShape(tensor.shape) !== formatShape(needed)) {
      const why = featureRoles.has(role) ? 'the normalized axes of x are' : 'x is';
      throw new ShapeError(`${role} has shape ${formatShape(tensor.shape)}, but ${why} ${formatShape(needed)}.`, {
        advice: featureRoles.has(role) ? 'Choose other normalized axes, or another tensor.' : 'Choose another tensor.',
      });
    }
  }
  return geometry;
}

/**
 * Checks arrays that come without a shape.
 *
 * @throws ShapeError naming the array, its length and the one it needs
 */
export function requireLength(name: string, values: Float64Array | undefined, length: number): void {
  if (values !== undefined && values.length !== length) {
    throw new ShapeError(`${name} has ${values.length} values, needs ${length}.`);
  }
}
