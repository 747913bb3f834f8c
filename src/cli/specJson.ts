import { isChannelKind, type NormSpec } from '../norm/normSpec';
import { resolveAxes, type Shape } from '../tensor/shape';

/** A spec in the words of the CLI's JSON contract: the keys that apply to its kind, for an x of this shape. */
export function specJson(spec: NormSpec, shape: Shape): Record<string, unknown> {
  const { kind, axes, channelAxis, numGroups, eps, epsPlace, divisor, weightOffset, computeDtype, castOrder } = spec;
  const { training, momentum, momentumOf, runningDivisor } = spec;
  const isNorm = kind === 'l2_norm' || kind === 'scale_norm';
  const tracks = kind === 'batch_norm' || kind === 'instance_norm';
  return {
    kind,
    ...(isChannelKind(kind)
      ? { axes: reducedAxes(spec, shape), channelAxis }
      : { axes, normalizedShape: resolveAxes(axes, shape.length).map((axis) => shape[axis]) }),
    ...(kind === 'group_norm' && { numGroups }),
    ...(kind !== 'dyt' && { eps, epsPlace }),
    ...(kind !== 'dyt' && !isNorm && { divisor }),
    ...(kind === 'rms_norm' && { secondMoment: spec.secondMoment, partial: spec.partial }),
    weightOffset,
    computeDtype,
    castOrder,
    ...(tracks && { training, momentum, momentumOf, runningDivisor }),
  };
}

/** The axes that statistics are taken over; of a group_norm, which also takes them over a part of the channels, the others. */
function reducedAxes({ kind, channelAxis }: NormSpec, shape: Shape): number[] {
  const channel = channelAxis < 0 ? channelAxis + shape.length : channelAxis;
  const first = kind === 'batch_norm' ? 0 : 1;
  return shape.map((_, axis) => axis).filter((axis) => axis >= first && axis !== channel);
}
