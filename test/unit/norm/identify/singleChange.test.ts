import { describe, expect, it } from 'vitest';
import { forward } from '../../../../src/norm/forward';
import { OutputTrial } from '../../../../src/norm/identify/outputTrial';
import { explainingChange } from '../../../../src/norm/identify/singleChange';
import type { NormCase } from '../../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { madeCase } from './madeCase';

/** What the output of a LayerNorm is, said to be made by the plain convention, where it was made with a part of it changed. */
function changeOf(part: Partial<NormSpec>, rows?: number) {
  const { spec, ...rest } = madeCase(part, rows);
  return found({ ...rest, spec: { ...spec, eps: 1e-5 } });
}

function found(normCase: NormCase) {
  return explainingChange(normCase, new OutputTrial(normCase).fit(normCase));
}

describe('explainingChange', () => {
  it.each<[change: string, Partial<NormSpec>]>([
    ['divisor', { divisor: 'n-1' }],
    ['epsPlace', { epsPlace: 'outside' }],
    ['eps', { eps: 1e-3 }],
    ['kind', { kind: 'rms_norm', eps: 1e-5 }],
    ['weightOffset', { weightOffset: 1 }],
  ])('names the one part that differs: %s', (change, part) => {
    expect(changeOf(part)).toEqual({
      change,
      spec: { ...defaultSpec('layer_norm'), ...part },
      biasApplied: true,
    });
  });

  it('says the same of more values than it looks at first', () => {
    expect(changeOf({ divisor: 'n-1' }, 5000)).toMatchObject({ change: 'divisor' });
  });

  it('names a bias that was left out, and axes that the weight does not run along', () => {
    const { weight, bias, ...rest } = madeCase({});
    const [rows, cols] = rest.x.shape;
    const x = rest.x.values as Float64Array;
    const scaled = (normalized: Float64Array, shift: number) =>
      normalized.map((value, i) => value * Number(weight!.values[i % cols]) + shift * Number(bias!.values[i % cols]));
    const made = (spec: NormSpec, shift: number): NormCase => ({
      ...rest,
      weight,
      bias,
      output: { ...rest.output!, values: scaled(forward(spec, [rows, cols], x, {}).y, shift) },
    });
    expect(found(made(rest.spec, 0))).toEqual({ change: 'bias', spec: rest.spec, biasApplied: false });
    expect(found(made({ ...rest.spec, axes: [0] }, 1))).toMatchObject({ change: 'axes', spec: { axes: [-2] } });
  });

  it('finds nothing where the convention holds, nor where two parts differ', () => {
    expect(changeOf({})).toBeUndefined();
    expect(changeOf({ divisor: 'n-1', eps: 1e-3 })).toBeUndefined();
  });
});
