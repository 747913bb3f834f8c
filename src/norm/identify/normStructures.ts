import { elementCount, type Shape } from '../../tensor/shape';
import { rowGeometry, type Geometry } from '../geometry';
import type { NormCase } from '../normCase';
import { defaultSpec, isChannelKind, trailingAxes, type NormKind, type NormSpec } from '../normSpec';
import { layerKinds, mistakenAxes } from './alternatives';
import { keyOfRows, keyOfWeight } from './structureKeys';

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

/** The structures that a case allows by the shapes of its x, weight and bias. */
export interface NormStructures {
  /** layer_norm and rms_norm over the last axes. */
  readonly usual: readonly NormStructure[];
  /**
   * All others, for where those do not explain y: batch_norm, instance_norm and group_norm with the channels in second or last
   * place, l2_norm, scale_norm, and averages over axes that the weight does not run along. Of two that compute the same the
   * likelier one is kept.
   */
  readonly unusual: readonly NormStructure[];
  /** Where no weight and bias is known, those that compute the same as one of these but would have them run along other axes. */
  readonly twins: readonly NormStructure[];
}

/** Every structure that x and what is known of weight and bias allow, the likelier before the rarer. */
export function normStructures(normCase: NormCase): NormStructures {
  const { x, weight, bias, spec } = normCase;
  const { shape } = x;
  const affineShape = (weight ?? bias)?.shape;
  const fits = ({ geometry, affine }: NormStructure) =>
    geometry.cols > 0 && (affineShape === undefined || elementCount(affine.affineShape) === elementCount(affineShape));
  const last = shape.map((_, i) => trailingAxes(i + 1));
  const layers = layerKinds.map((kind) => ({ ...defaultSpec(kind), channelAxis: spec.channelAxis }));
  const over = (layer: NormSpec, axes: readonly number[]) => structureOf({ ...layer, axes }, shape);
  const usual = last.flatMap((axes) => layers.map((layer) => over(layer, axes))).filter(fits);
  const measured = last.flatMap((axes) =>
    unusualMoments.map((moment) => over({ ...defaultSpec('rms_norm'), ...moment }, axes)),
  );
  const lengths = shape.flatMap((_, axis) =>
    (['l2_norm', 'scale_norm'] as const).map((kind) => over(defaultSpec(kind), [axis - shape.length])),
  );
  const misplaced = mistakenAxes(shape.length).flatMap((axes) =>
    layers.flatMap((layer) =>
      [axes, ...last].map((place) => ({ ...over(layer, axes), affine: over(layer, place).geometry })),
    ),
  );
  const channels = channelStructures(normCase);
  // (samples, channels) is what batch_norm is for; with more axes an average over the wrong one is the simpler tale.
  const channelsFirst = shape.length === 2 || isChannelKind(spec.kind);
  const unusual = [
    ...measured,
    ...(channelsFirst ? channels : misplaced),
    ...lengths,
    ...(channelsFirst ? misplaced : channels),
    // Over a single value every x̂ is 1, −1 or 0.
  ].filter((structure) => fits(structure) && structure.geometry.cols > 1);
  const isOf = (known: readonly NormStructure[], key: (structure: NormStructure) => string) => {
    const seen = new Set(known.map(key));
    return (structure: NormStructure) => !seen.has(key(structure)) && seen.add(key(structure)) !== undefined;
  };
  const rowsKey = (structure: NormStructure) => keyOfRows(structure, normCase);
  const key = (structure: NormStructure) => `${rowsKey(structure)} ${keyOfWeight(structure, shape)}`;
  if (affineShape) {
    return { usual, unusual: unusual.filter(isOf(usual, key)), twins: [] };
  }
  const distinct = unusual.filter(isOf(usual, rowsKey));
  return { usual, unusual: distinct, twins: unusual.filter(isOf([...usual, ...distinct], key)) };
}

/** The last axes along which the weight and bias of a case can run, fewest first. */
export function layerAxesOf({ x: { shape }, weight, bias }: NormCase): number[][] {
  const affineShape = (weight ?? bias)?.shape;
  const axes = shape.map((_, i) => trailingAxes(i + 1));
  return affineShape === undefined
    ? axes.slice(0, 1)
    : axes.filter((own) => elementCount(shape.slice(-own.length)) === elementCount(affineShape));
}

function structureOf(spec: NormSpec, shape: Shape): NormStructure {
  const geometry = rowGeometry(spec, shape);
  return { spec, geometry, affine: geometry };
}

function channelStructures({ x, runningMean, runningVar }: NormCase): NormStructure[] {
  const { shape } = x;
  const channelAxes = (shape.length > 2 ? [1, -1] : [1]).filter((axis) => (shape.at(axis) ?? 0) > 0);
  return channelAxes.flatMap((channelAxis) => {
    const channels = shape.at(channelAxis)!;
    const isHeld = [runningMean, runningVar].every((tensor) => tensor && elementCount(tensor.shape) === channels);
    const kinds = shape.length > 2 ? (['batch_norm', 'instance_norm'] as const) : (['batch_norm'] as const);
    const counts = Array.from({ length: Math.min(channels, maxGroups) }, (_, i) => i + 1).filter(
      (count) => channels % count === 0,
    );
    const of = (kind: NormKind, part: Partial<NormSpec> = {}) =>
      structureOf({ ...defaultSpec(kind), channelAxis, ...part }, shape);
    return [
      ...kinds.flatMap((kind) => (isHeld ? [of(kind)] : [])),
      ...kinds.map((kind) => of(kind, { training: true })),
      ...counts.map((numGroups) => of('group_norm', { numGroups })),
    ];
  });
}
