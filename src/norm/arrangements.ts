import { elementCount, type Shape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import type { NormCase } from './normCase';
import { isChannelKind, type NormSpec } from './normSpec';
import { isExplained, OutputTrial } from './identify/outputTrial';
import { leadingPart } from './leadingPart';

/** How the values of a norm's rows are picked by another reading of its shape than the stated one. */
export interface Arrangement {
  /**
   *   heads       each row is cut into `count` heads, which are normalized by themselves
   *   projection  the last two axes are normalized together, the weight being that of each head
   *   groups      the channels are cut into `count` groups instead of the stated number
   *   interleaved a group is every `count`-th channel instead of neighbouring ones
   *   channels    the channels are taken along axis `count`
   */
  readonly kind: 'heads' | 'projection' | 'groups' | 'interleaved' | 'channels';
  readonly count: number;
}

/** Narrower heads and more groups than these are not in use; every one of them costs a pass over x. */
const minHead = 8;
const maxParts = 128;
/** Values of the first rows, which an arrangement must explain before it is held against all. */
const fewValues = 2 ** 15;

/**
 * The other arrangement of rows that a norm's output was made by, to rounding; the convention is the stated one in all else.
 *
 * @returns undefined where none explains the output, or the norm is of a kind whose rows cannot be mistaken so
 */
export function arrangementOf(normCase: NormCase): Arrangement | undefined {
  const { spec } = normCase;
  const trials =
    spec.kind === 'group_norm'
      ? [...otherGroups(normCase), ...interleaved(normCase), ...otherChannels(normCase)]
      : isChannelKind(spec.kind)
        ? otherChannels(normCase)
        : [...heads(normCase), ...projection(normCase)];
  return trials.find(({ explains }) => explains())?.arrangement;
}

interface Trial {
  readonly arrangement: Arrangement;
  readonly explains: () => boolean;
}

function trial(
  kind: Arrangement['kind'],
  count: number,
  rearranged: NormCase,
  explains: (part: NormCase) => boolean = isExplained,
): Trial {
  return {
    arrangement: { kind, count },
    explains: () => [leadingPart(rearranged, fewValues) ?? rearranged, rearranged].every(explains),
  };
}

/** Rows of the last axis alone can be cut into heads. */
function heads(normCase: NormCase): Trial[] {
  const { spec, x, weight, bias } = normCase;
  const cols = x.shape.at(-1) ?? 1;
  if (spec.axes.join() !== '-1') {
    return [];
  }
  return divisorsOf(cols)
    .filter((count) => count > 1 && cols / count >= minHead)
    .map((count) => {
      const split: Shape = [elementCount(x.shape) / cols, count, cols / count];
      const cut = {
        ...reshaped(normCase, split),
        spec: { ...spec, axes: [-2, -1] },
        weight: weight && { ...weight, shape: split.slice(1) },
        bias: bias && { ...bias, shape: split.slice(1) },
      };
      return trial(
        'heads',
        count,
        cut,
        (part) => new OutputTrial(part).fit({ spec: { ...spec, axes: [-1] } }).explained,
      );
    });
}

function projection(normCase: NormCase): Trial[] {
  const { spec, x, weight, bias } = normCase;
  const [count = 0, width = 0] = x.shape.slice(-2);
  if (spec.axes.join() !== '-1' || x.shape.length < 3 || count < 2) {
    return [];
  }
  const joined: Shape = [elementCount(x.shape) / (count * width), count * width];
  const tiled = (tensor: Tensor | undefined): Tensor | undefined =>
    tensor && withValues(tensor, joined.slice(1), (values, i) => values[i % width]);
  return [
    trial('projection', count, { ...reshaped(normCase, joined), spec, weight: tiled(weight), bias: tiled(bias) }),
  ];
}

function otherGroups(normCase: NormCase): Trial[] {
  const { spec } = normCase;
  return divisorsOf(channelsOf(normCase))
    .filter((count) => count !== spec.numGroups)
    .map((numGroups) => trial('groups', numGroups, { ...normCase, spec: { ...spec, numGroups } }));
}

function interleaved(normCase: NormCase): Trial[] {
  const { spec, x, output, weight, bias } = normCase;
  const channels = channelsOf(normCase);
  const { numGroups } = spec;
  if (spec.channelAxis !== 1 || numGroups === 1 || numGroups === channels || channels % numGroups > 0) {
    return [];
  }
  // Channel c of the interleaved groups stands where neighbouring ones have it.
  const from = (c: number) => (c % (channels / numGroups)) * numGroups + Math.floor((c * numGroups) / channels);
  const inner = elementCount(x.shape.slice(2));
  const sorted = (tensor: Tensor, length: number) =>
    withValues(tensor, tensor.shape, (values, i) => {
      const channel = Math.floor(i / length) % channels;
      return values[i + (from(channel) - channel) * length];
    });
  return [
    trial('interleaved', numGroups, {
      spec,
      x: sorted(x, inner),
      output: output && sorted(output, inner),
      weight: weight && sorted(weight, 1),
      bias: bias && sorted(bias, 1),
    }),
  ];
}

function otherChannels(normCase: NormCase): Trial[] {
  const { spec, x } = normCase;
  const { shape } = x;
  const own = spec.channelAxis < 0 ? spec.channelAxis + shape.length : spec.channelAxis;
  return [1, shape.length - 1]
    .filter((axis) => axis !== own && shape[axis] === shape[own])
    .map((channelAxis) => trial('channels', channelAxis, { ...normCase, spec: { ...spec, channelAxis } }));
}

function withValues(tensor: Tensor, shape: Shape, at: (values: Float64Array, i: number) => number): Tensor {
  const values = toFloat64(tensor);
  const arranged = Float64Array.from({ length: elementCount(shape) }, (_, i) => at(values, i));
  return { ...tensor, dtype: 'float64', shape, values: arranged };
}

/** A case of x and y alone, in another shape of as many values. */
function reshaped({ x, output }: NormCase, shape: Shape): Pick<NormCase, 'x' | 'output'> {
  return { x: { ...x, shape }, output: output && { ...output, shape } };
}

function channelsOf({ spec, x }: { spec: NormSpec; x: Tensor }): number {
  return x.shape.at(spec.channelAxis) ?? 0;
}

function divisorsOf(length: number): number[] {
  return Array.from({ length: Math.min(length, maxParts) }, (_, i) => i + 1).filter((part) => length % part === 0);
}
