import { inPython } from './inPython';
import { computeDtypes, trailingAxes, type NormSpec } from './normSpec';

type Read = (value: unknown) => unknown;

const oneOf =
  (...allowed: readonly unknown[]): Read =>
  (value) =>
    allowed.find((candidate) => candidate === value);
const numberThat =
  (isRight: (value: number) => boolean): Read =>
  (value) =>
    typeof value === 'number' && isRight(value) ? value : undefined;
const isAxes = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every(Number.isInteger);

const isLength = (value: unknown) => Number.isInteger(value) && Number(value) > 0;

const isMomentum = numberThat((value) => value >= 0 && value <= 1);

/** What a sound value of each key is; a key that is not here is not read. */
const readers: { readonly [key in keyof NormSpec]?: Read } = {
  axes: (value) => (isAxes(value) ? value : undefined),
  channelAxis: numberThat(Number.isInteger),
  numGroups: numberThat((value) => Number.isInteger(value) && value > 0),
  eps: numberThat((value) => value >= 0 && value < Infinity),
  epsPlace: oneOf('inside', 'outside', 'clamp'),
  divisor: oneOf('n', 'n-1'),
  secondMoment: oneOf('raw', 'central'),
  partial: numberThat((value) => value > 0 && value <= 1),
  weightOffset: oneOf(0, 1),
  training: oneOf(true, false),
  momentum: (value) => (value === null ? null : isMomentum(value)),
  momentumOf: oneOf('new', 'old'),
  runningDivisor: oneOf('n', 'n-1'),
  computeDtype: oneOf(...computeDtypes),
  castOrder: oneOf('before-weight', 'after-weight'),
};

/**
 * The parts of a convention that a record states, under the keys of `NormSpec` or their names in Python (`num_groups`); a
 * value that makes no sense is passed over, since the tensors can be read all the same. Without `axes` they are as many of the
 * last as `normalized_shape` has lengths.
 */
export function statedSpec(record: object): Partial<NormSpec> {
  const valueOf = (key: string) =>
    (record as Record<string, unknown>)[Object.hasOwn(record, key) ? key : inPython(key)];
  const entries = Object.entries(readers).flatMap(([key, read]) => {
    const value = read(valueOf(key));
    return value === undefined ? [] : [[key, value] as const];
  });
  const shape = [valueOf('normalizedShape')].flat();
  const axes = shape.length > 0 && shape.every(isLength) ? { axes: trailingAxes(shape.length) } : {};
  return { ...axes, ...Object.fromEntries(entries) };
}
