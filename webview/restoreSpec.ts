import type { NormKind, NormSpec } from '../src/protocol';
import { kindNames } from './words';

type IsSound = (value: unknown) => boolean;

const oneOf =
  (...allowed: readonly unknown[]): IsSound =>
  (value) =>
    allowed.includes(value);
const isNumber: IsSound = (value) => typeof value === 'number' && value >= 0 && value < Infinity;
const isCount: IsSound = (value) => Number.isInteger(value) && (value as number) > 0;
const isShare: IsSound = (value) => isNumber(value) && (value as number) > 0 && (value as number) <= 1;
const isAxes: IsSound = (value) =>
  Array.isArray(value) && value.length > 0 && value.every((axis) => Number.isInteger(axis) && axis < 0);

const sound: { readonly [key in keyof NormSpec]: IsSound } = {
  kind: (value) => Object.hasOwn(kindNames, value as NormKind),
  axes: isAxes,
  channelAxis: Number.isInteger,
  numGroups: isCount,
  eps: isNumber,
  epsPlace: oneOf('inside', 'outside', 'clamp'),
  divisor: oneOf('n', 'n-1'),
  secondMoment: oneOf('raw', 'central'),
  partial: isShare,
  weightOffset: oneOf(0, 1),
  training: oneOf(true, false),
  momentum: (value) => value === null || isNumber(value),
  momentumOf: oneOf('new', 'old'),
  runningDivisor: oneOf('n', 'n-1'),
  computeDtype: oneOf('float64', 'float32', 'float16', 'bfloat16'),
  castOrder: oneOf('before-weight', 'after-weight'),
};

/** The parts of a convention that were kept, as far as they are sound. */
export function restoreSpec(saved: unknown): Partial<NormSpec> {
  const kept = (saved ?? {}) as Record<string, unknown>;
  const keys = Object.keys(sound) as (keyof NormSpec)[];
  return Object.fromEntries(keys.filter((key) => sound[key](kept[key])).map((key) => [key, kept[key]]));
}
