import { describe, expect, it } from 'vitest';
import { arrangementOf } from '../../../src/norm/arrangements';
import { forward } from '../../../src/norm/forward';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import type { Shape } from '../../../src/tensor/shape';
import { toFloat64, type Tensor } from '../../../src/tensor/tensor';
import { randomTensor, tensor } from './tensors';

const rms = defaultSpec('rms_norm');
const groups = { ...defaultSpec('group_norm'), numGroups: 2 };

/** A stated norm over x with the output that `spec` makes of x in another shape, scaled by a weight as stated. */
function madeOf(
  stated: NormSpec,
  x: Tensor,
  weight: Tensor,
  spec: NormSpec,
  shape: Shape,
  weights: Float64Array,
): NormCase {
  const { y } = forward(spec, shape, toFloat64(x), {});
  return {
    spec: stated,
    x,
    weight,
    output: tensor(
      'y',
      x.shape,
      y.map((value, i) => value * weights[i % weights.length]),
    ),
  };
}

describe('arrangementOf', () => {
  const x = randomTensor('q_norm.input', [2, 5, 32], 1);
  const weight = randomTensor('q_norm.weight', [32], 2);
  const w = toFloat64(weight);

  it('finds heads that were normalized by themselves, though the weight is that of the projection', () => {
    const normCase = madeOf(rms, x, weight, rms, [10, 4, 8], w);
    expect(arrangementOf(normCase)).toEqual({ kind: 'heads', count: 4 });
  });

  it('finds a projection that was normalized as a whole, though the weight is that of a head', () => {
    const split = { ...x, shape: [2, 5, 4, 8] };
    const ofHead = { ...weight, shape: [8], values: w.slice(0, 8) };
    const normCase = madeOf(rms, split, ofHead, rms, [10, 32], w.slice(0, 8));
    expect(arrangementOf(normCase)).toEqual({ kind: 'projection', count: 4 });
  });

  const image = randomTensor('x', [2, 6, 3, 3], 3);
  const known = (output: Float64Array, part: Partial<NormCase> = {}): NormCase => ({
    spec: groups,
    x: image,
    output: tensor('y', image.shape, output),
    ...part,
  });

  it('finds another number of groups', () => {
    const { y } = forward({ ...groups, numGroups: 3 }, image.shape, toFloat64(image), {});
    expect(arrangementOf(known(y))).toEqual({ kind: 'groups', count: 3 });
  });

  it('finds groups of every other channel, weight and bias in their places', () => {
    const weightOf = randomTensor('weight', [6], 4);
    const order = [0, 2, 4, 1, 3, 5];
    const picked = Float64Array.from({ length: 108 }, (_, i) => {
      const [sample, channel, pixel] = [Math.floor(i / 54), Math.floor(i / 9) % 6, i % 9];
      return toFloat64(image)[sample * 54 + order[channel] * 9 + pixel];
    });
    const { y: ofSorted } = forward(groups, image.shape, picked, {});
    const y = new Float64Array(108);
    ofSorted.forEach((value, i) => {
      const [sample, channel, pixel] = [Math.floor(i / 54), Math.floor(i / 9) % 6, i % 9];
      y[sample * 54 + order[channel] * 9 + pixel] = value * toFloat64(weightOf)[order[channel]];
    });
    expect(arrangementOf(known(y, { weight: weightOf }))).toEqual({ kind: 'interleaved', count: 2 });
  });

  it('finds channels along the last axis', () => {
    const square = randomTensor('x', [2, 6, 4, 6], 5);
    const { y } = forward({ ...groups, channelAxis: -1 }, square.shape, toFloat64(square), {});
    const normCase = { spec: groups, x: square, output: tensor('y', square.shape, y) };
    expect(arrangementOf(normCase)).toEqual({ kind: 'channels', count: 3 });
  });

  it('says nothing of an output that none of them makes', () => {
    expect(arrangementOf({ spec: rms, x, weight, output: randomTensor('y', x.shape, 6) })).toBeUndefined();
    expect(arrangementOf(known(toFloat64(randomTensor('y', image.shape, 7))))).toBeUndefined();
  });
});
