import { cOrderStrides, elementCount, type Shape } from '../../tensor/shape';
import { rowGeometry, type Geometry } from '../geometry';
import type { NormCase } from '../normCase';
import { defaultSpec, isCentred, isChannelKind, trailingAxes, type NormKind, type NormSpec } from '../normSpec';
import { heldStatistics, parametersOf } from '../parameters';
import { positionInX } from '../rowOrder';

/** What a norm averages over and where its weight runs: a convention but for its numbers. */
export interface NormStructure {
  /** Kind, axes, channels and groups; eps, its place and the divisor are left as PyTorch has them. */
  readonly spec: NormSpec;
  readonly geometry: Geometry;
  /** Of the norm whose weight and bias run as this one's do; another's where the axes are wrong. */
  readonly affine: Geometry;
}

/** Keras's rms_scaling, and the share of a row that pRMSNorm's paper measures. */
const unusualMoments: Partial<NormSpec>[] = [{ secondMoment: 'central' }, { partial: 1 / 16 }];
/** Group norms in use have 32 groups or fewer. */
const maxGroups = 64;

/**
 * The structures that a case allows by the shapes of its x, weight and bias: first layer_norm and rms_norm over the last
 * axes, and then, for where these do not explain y, all others: batch_norm, instance_norm and group_norm with the channels
 * in second or last place, l2_norm, scale_norm, and averages over axes that the weight does not run along. Of two that
 * compute the same the likelier one is kept.
 */
export function normStructures(normCase: NormCase): { usual: NormStructure[]; unusual: NormStructure[] } {
  const { x, weight, bias, spec } = normCase;
  const { shape } = x;
  const affineShape = (weight ?? bias)?.shape;
  const axes = shape.map((_, i) => trailingAxes(i + 1));
  const layers = (['layer_norm', 'rms_norm'] as const).map((kind) => ({
    ...defaultSpec(kind),
    channelAxis: spec.channelAxis,
  }));
  const fits = (structure: NormStructure | undefined): structure is NormStructure =>
    structure !== undefined &&
    structure.geometry.cols > 0 &&
    (affineShape === undefined || elementCount(structure.affine.affineShape) === elementCount(affineShape));
  const usual = axes.flatMap((own) => layers.map((layer) => structureOf({ ...layer, axes: own }, shape))).filter(fits);
  const misplaced = otherAxes(shape.length).flatMap((own) =>
    layers.flatMap((layer) => {
      const wrong = structureOf({ ...layer, axes: own }, shape);
      const places = [own, ...axes].map((place) => structureOf({ ...layer, axes: place }, shape));
      return places.flatMap((place) => (wrong && place ? [{ ...wrong, affine: place.geometry }] : []));
    }),
  );
  const channels = channelStructures(normCase);
  // (samples, channels) is what batch_norm is for; with more axes an average over the wrong one is the simpler tale.
  const channelsFirst = shape.length === 2 || isChannelKind(spec.kind);
  // Over a single value every x̂ is 1, −1 or 0.
  const measured = axes.flatMap((own) =>
    unusualMoments.map((moment) => structureOf({ ...defaultSpec('rms_norm'), ...moment, axes: own }, shape)),
  );
  const unusual = [
    ...measured,
    ...(channelsFirst ? channels : misplaced),
    ...(['l2_norm', 'scale_norm'] as const).flatMap((kind) =>
      shape.map((_, axis) => structureOf({ ...defaultSpec(kind), axes: [axis - shape.length] }, shape)),
    ),
    ...(channelsFirst ? misplaced : channels),
  ]
    .filter(fits)
    .filter(({ geometry }) => geometry.cols > 1);
  const seen = new Set(usual.map((structure) => identityOf(structure, normCase)));
  const isNew = (structure: NormStructure) => {
    const identity = identityOf(structure, normCase);
    return !seen.has(identity) && seen.add(identity);
  };
  return { usual, unusual: unusual.filter(isNew) };
}

/** The last axes along which the weight and bias of a case can run, fewest first. */
export function layerAxesOf({ x: { shape }, weight, bias }: NormCase): number[][] {
  const affineShape = (weight ?? bias)?.shape;
  const axes = shape.map((_, i) => trailingAxes(i + 1));
  return affineShape === undefined
    ? axes.slice(0, 1)
    : axes.filter((own) => elementCount(shape.slice(-own.length)) === elementCount(affineShape));
}

/** Undefined if x has no such axes. */
function structureOf(spec: NormSpec, shape: Shape): NormStructure | undefined {
  if (isChannelKind(spec.kind) && (shape.length < 2 || shape[1] === 0)) {
    return undefined;
  }
  const geometry = rowGeometry(spec, shape);
  return { spec, geometry, affine: geometry };
}

function channelStructures({ x, runningMean, runningVar }: NormCase): (NormStructure | undefined)[] {
  const { shape } = x;
  const kinds: NormKind[] = shape.length > 2 ? ['batch_norm', 'instance_norm'] : ['batch_norm'];
  return (shape.length > 2 ? [1, -1] : [1]).flatMap((channelAxis) => {
    const channels = shape.at(channelAxis) ?? 0;
    const counts = Array.from({ length: channels }, (_, i) => i + 1).filter(
      (count) => channels % count === 0 && count <= maxGroups,
    );
    const of = (kind: NormKind, part: Partial<NormSpec> = {}) =>
      structureOf({ ...defaultSpec(kind), channelAxis, ...part }, shape);
    return [
      ...kinds.flatMap((kind) => (runningMean && runningVar ? [of(kind)] : [])),
      ...kinds.map((kind) => of(kind, { training: true })),
      ...counts.map((numGroups) => of('group_norm', { numGroups })),
    ];
  });
}

/** Each single axis, every run of axes from the first one, and every run without the first one. */
function otherAxes(rank: number): number[][] {
  const all = trailingAxes(rank);
  return [...all.map((axis) => [axis]), ...all.slice(1).map((_, i) => all.slice(0, i + 2))];
}

/** Equal for structures that compute the same: rows of the same elements, alike centred and scaled. */
function identityOf({ spec, geometry, affine }: NormStructure, normCase: NormCase): string {
  const hasAffine = (normCase.weight ?? normCase.bias) !== undefined;
  const isNorm = spec.kind === 'l2_norm' || spec.kind === 'scale_norm';
  const isHeld = heldStatistics(spec, parametersOf(normCase)) !== undefined;
  return JSON.stringify([
    isCentred(spec.kind),
    isNorm,
    isHeld,
    spec.kind === 'rms_norm' && [spec.secondMoment, spec.partial],
    rowsOf(geometry),
    hasAffine ? featuresOf(affine, normCase.x.shape) : [],
  ]);
}

/** Tells how rows lie in x: where their second and last value and the second row are. */
function rowsOf(geometry: Geometry): number[] {
  const { rows, cols } = geometry;
  const at = (position: number) => (position < rows * cols ? positionInX(geometry, position) : -1);
  return [rows, cols, at(1), at(cols - 1), at(cols)];
}

/** Tells how features lie in x: which one a step along each axis leads to. */
function featuresOf({ cols, scattered, rowFeature, colFeature }: Geometry, shape: Shape): number[] {
  const featureAt = (position: number) => {
    const row = scattered ? scattered.row.indexOf(position) : Math.floor(position / cols);
    const col = scattered ? scattered.col.indexOf(position) : position % cols;
    return rowFeature[Math.max(0, row)] + colFeature[Math.max(0, col)];
  };
  return cOrderStrides(shape).map((stride, axis) => (shape[axis] > 1 ? featureAt(stride) : -1));
}
