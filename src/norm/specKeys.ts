import { isChannelKind, type NormKind, type NormSpec } from './normSpec';

/** The keys of a spec that mean something for a kind, in the order in which people speak of them. */
export function specKeys(kind: NormKind): (keyof NormSpec)[] {
  const divides = kind !== 'dyt' && kind !== 'l2_norm' && kind !== 'scale_norm';
  const tracks = kind === 'batch_norm' || kind === 'instance_norm';
  const keys: (keyof NormSpec | false)[] = [
    'kind',
    isChannelKind(kind) ? 'channelAxis' : 'axes',
    kind === 'group_norm' && 'numGroups',
    kind !== 'dyt' && 'eps',
    kind !== 'dyt' && 'epsPlace',
    divides && 'divisor',
    ...(kind === 'rms_norm' ? (['secondMoment', 'partial'] as const) : []),
    'weightOffset',
    'computeDtype',
    'castOrder',
    ...(tracks ? (['training', 'momentum', 'momentumOf', 'runningDivisor'] as const) : []),
  ];
  return keys.filter((key) => key !== false);
}

/** The keys that mean something for a spec and in which another one has something else; axes are compared as they are written. */
export function differingKeys(spec: NormSpec, other: NormSpec): (keyof NormSpec)[] {
  return specKeys(spec.kind).filter((key) => String(spec[key]) !== String(other[key]));
}
