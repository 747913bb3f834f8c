import { ShapeError } from '../tensor/errors';
import { cOrderStrides, elementCount, formatShape, resolveAxes, type Shape } from '../tensor/shape';
import { axisOffsets, isInOrder, type AxisSteps } from './axisOffsets';
import { inPython } from './inPython';
import { caseRoles, featureRoles, scalarRoles, type NormCase } from './normCase';
import { isChannelKind, type NormSpec } from './normSpec';

/** How a norm cuts a tensor into rows, and which weight belongs to each value. */
export interface Geometry {
  readonly rows: number;
  /** Values in a row: what mean and variance are taken over. */
  readonly cols: number;
  /** The axes that rows are counted along; `[]` if x is a single row. */
  readonly leadingShape: Shape;
  /** The axes of a row. */
  readonly normalizedShape: Shape;
  /** The shape of weight and bias; `[]` for the one scalar of scale_norm. */
  readonly affineShape: Shape;
  /** (rows,) and (cols,): value c of row r has weight[rowFeature[r] + colFeature[c]]. */
  readonly rowFeature: Uint32Array;
  readonly colFeature: Uint32Array;
  /** Where value c of row r lies: x[row[r] + col[c]]. Absent where x lies row by row. */
  readonly scattered?: { readonly row: Uint32Array; readonly col: Uint32Array };
}

/**
 * The rows of a tensor under a spec. A row is
 *
 *   layer_norm, rms_norm, l2_norm, scale_norm, dyt   what lies along `axes`
 *   batch_norm                                       a channel: all axes but the channel axis
 *   instance_norm                                    a channel of a sample: all axes but the first and the channel axis
 *   group_norm                                       numGroups-th of the channels of a sample
 *
 * @throws ShapeError if the tensor lacks an axis that the spec names, or the spec normalizes none
 */
export function rowGeometry(spec: NormSpec, shape: Shape): Geometry {
  const cut = cutOf(spec, shape);
  const { rowAxes, colAxes } = cut;
  return {
    ...extentOf(cut),
    rowFeature: axisOffsets(rowAxes, 'featureStride'),
    colFeature: axisOffsets(colAxes, 'featureStride'),
    scattered: isInOrder([...rowAxes, ...colAxes])
      ? undefined
      : { row: axisOffsets(rowAxes, 'stride'), col: axisOffsets(colAxes, 'stride') },
  };
}

/** How many rows there are, and how long: all that is known of a tensor whose values are not held. */
export type RowExtent = Omit<Geometry, 'rowFeature' | 'colFeature' | 'scattered'>;

/**
 * The extent of what `rowGeometry` tells, without an entry per value.
 *
 * @throws ShapeError as `rowGeometry`
 */
export function rowExtent(spec: NormSpec, shape: Shape): RowExtent {
  return extentOf(cutOf(spec, shape));
}

function extentOf({ rowAxes, colAxes, affineShape }: Cut): RowExtent {
  const leadingShape = rowAxes.map(({ length }) => length);
  const normalizedShape = colAxes.map(({ length }) => length);
  return {
    rows: elementCount(leadingShape),
    cols: elementCount(normalizedShape),
    leadingShape,
    normalizedShape,
    affineShape,
  };
}

interface Cut {
  readonly rowAxes: readonly AxisSteps[];
  readonly colAxes: readonly AxisSteps[];
  readonly affineShape: Shape;
}

function cutOf(spec: NormSpec, shape: Shape): Cut {
  return isChannelKind(spec.kind) ? channelAxes(spec, shape) : layerAxes(spec, shape);
}

function layerAxes({ kind, axes }: NormSpec, shape: Shape): Cut {
  if (shape.length === 0) {
    throw new ShapeError('x is a single number, which has no axis to normalize over.', {
      advice: 'Choose a tensor with at least one axis.',
    });
  }
  const isKnown = axes.every((axis) => Number.isInteger(axis) && axis >= -shape.length && axis < shape.length);
  if (axes.length === 0 || !isKnown) {
    throw new ShapeError(
      `x has shape ${formatShape(shape)}, so its axes ${axes.join(', ')} cannot be normalized together.`,
      { advice: 'Choose at least one axis, and only such as x has.' },
    );
  }
  const resolved = resolveAxes(axes, shape.length);
  const normalizedShape = resolved.map((axis) => shape[axis]);
  const strides = cOrderStrides(shape);
  const featureStrides = cOrderStrides(normalizedShape);
  const isScalar = kind === 'scale_norm';
  return {
    rowAxes: shape.flatMap((length, axis) =>
      resolved.includes(axis) ? [] : [{ length, stride: strides[axis], featureStride: 0 }],
    ),
    colAxes: resolved.map((axis, i) => ({
      length: shape[axis],
      stride: strides[axis],
      featureStride: isScalar ? 0 : featureStrides[i],
    })),
    affineShape: isScalar ? [] : normalizedShape,
  };
}

function channelAxes({ kind, channelAxis, numGroups }: NormSpec, shape: Shape): Cut {
  const rank = shape.length;
  const channel = channelAxis < 0 ? channelAxis + rank : channelAxis;
  // The first axis holds the samples.
  if (!Number.isInteger(channel) || channel < 1 || channel >= rank) {
    throw new ShapeError(
      `x has shape ${formatShape(shape)}, which has no channel axis ${channelAxis} after its samples.`,
      {
        advice: 'Choose another channel axis, or a norm over the last axes.',
      },
    );
  }
  const strides = cOrderStrides(shape);
  const axis = (i: number) => ({ length: shape[i], stride: strides[i], featureStride: i === channel ? 1 : 0 });
  const spatial = shape.map((_, i) => i).filter((i) => i !== 0 && i !== channel);
  const affineShape = [shape[channel]];
  if (kind === 'batch_norm') {
    return { rowAxes: [axis(channel)], colAxes: [0, ...spatial].map(axis), affineShape };
  }
  if (kind === 'instance_norm') {
    return { rowAxes: [axis(0), axis(channel)], colAxes: spatial.map(axis), affineShape };
  }
  const within = shape[channel] / numGroups;
  if (!(numGroups >= 1) || !Number.isInteger(within)) {
    throw new ShapeError(
      `The ${shape[channel]} channels of x ${formatShape(shape)} cannot be cut into ${numGroups} groups.`,
      {
        advice: 'Choose a number of groups that divides them, or another channel axis.',
      },
    );
  }
  const groups = { length: numGroups, stride: strides[channel] * within, featureStride: within };
  const members = { length: within, stride: strides[channel], featureStride: 1 };
  const ordered = [
    ...spatial.filter((i) => i < channel).map(axis),
    members,
    ...spatial.filter((i) => i > channel).map(axis),
  ];
  return { rowAxes: [axis(0), groups], colAxes: ordered, affineShape };
}

/** The shape of the rows' statistics: that of x with 1 for what is normalized, as with `keepdim`; (samples, groups, 1) for group_norm. */
export function statisticsShape({ kind, axes, channelAxis }: NormSpec, shape: Shape, geometry: Geometry): Shape {
  if (kind === 'group_norm') {
    return [...geometry.leadingShape, 1];
  }
  const channel = channelAxis < 0 ? channelAxis + shape.length : channelAxis;
  const kept = kind === 'batch_norm' ? [channel] : [0, channel];
  const reduced = isChannelKind(kind) ? [] : resolveAxes(axes, shape.length);
  const isKept = (axis: number) => (isChannelKind(kind) ? kept.includes(axis) : !reduced.includes(axis));
  return shape.map((length, axis) => (isKept(axis) ? length : 1));
}

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
    const needed = scalarRoles.has(role) ? [] : featureRoles.has(role) ? geometry.affineShape : x.shape;
    if (tensor === undefined || fits(tensor.shape, needed)) {
      continue;
    }
    const why = featureRoles.has(role) ? featuresOf(spec) : scalarRoles.has(role) ? 'it is a single number,' : 'x is';
    throw new ShapeError(
      `${inPython(role)} has shape ${formatShape(tensor.shape)}, but ${why} ${formatShape(needed)}.`,
      {
        advice: featureRoles.has(role) ? 'Choose other normalized axes, or another tensor.' : 'Choose another tensor.',
      },
    );
  }
  return geometry;
}

/** A single number may also be stored as an array of one. */
function fits(shape: Shape, needed: Shape): boolean {
  return needed.length === 0 ? elementCount(shape) === 1 : formatShape(shape) === formatShape(needed);
}

function featuresOf({ kind }: NormSpec): string {
  return isChannelKind(kind)
    ? 'the channels of x are'
    : kind === 'scale_norm'
      ? 'scale_norm takes'
      : 'the normalized axes of x are';
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
