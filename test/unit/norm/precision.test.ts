import { expect, it } from 'vitest';
import { precisionOf } from '../../../src/norm/precision';
import { Random } from '../../../src/norm/random';
import { tensor } from './tensors';

const normals = new Random(1).normals(100);

/** Keeps the upper 16 bits of each float32, as bfloat16 does. */
function cutToBfloat16(values: Float64Array): Float64Array {
  const bits = new Uint32Array(Float32Array.from(values).buffer).map((word) => word & 0xffff0000);
  return Float64Array.from(new Float32Array(bits.buffer));
}

it('is that of the dtype', () => {
  const float32 = Float32Array.from(normals);
  expect(precisionOf(tensor('g', [100], float32, 'float32')).unit).toBe(2 ** -24);
  expect(precisionOf(tensor('g', [100], float32, 'float16'))).toEqual({ unit: 2 ** -11, quantum: 2 ** -24 });
  expect(precisionOf(tensor('g', [100], normals)).unit).toBe(2 ** -53);
});

it('is a coarser one if every number fits in it: float32 in JSON, bfloat16 in NumPy', () => {
  expect(precisionOf(tensor('g', [100], Float64Array.from(Float32Array.from(normals)))).unit).toBe(2 ** -24);
  expect(precisionOf(tensor('g', [100], cutToBfloat16(normals))).unit).toBe(2 ** -8);
  expect(precisionOf(tensor('g', [100], Float32Array.from(cutToBfloat16(normals)), 'float32')).unit).toBe(2 ** -8);
  const withOddOne = cutToBfloat16(normals).fill(0.1, 50, 51);
  expect(precisionOf(tensor('g', [100], withOddOne)).unit).toBe(2 ** -53);
});

it('does not conclude from a few round numbers, zeros or NaN', () => {
  expect(precisionOf(tensor('g', [4], [0.5, -1, 2, 0])).unit).toBe(2 ** -53);
  expect(precisionOf(tensor('g', [40], new Float64Array(40).fill(NaN, 20))).unit).toBe(2 ** -53);
});

it('keeps the spacing of its dtype where small numbers have few digits', () => {
  const multiples = Float32Array.from({ length: 20 }, (_, i) => (i + 1) * 2 ** -24);
  expect(precisionOf(tensor('g', [20], multiples, 'float16'))).toEqual({ unit: 2 ** -8, quantum: 2 ** -24 });
});
