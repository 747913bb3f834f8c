import { describe, expect, it } from 'vitest';
import { memoryDump } from '../../../src/formats/memoryDump';
import { simpleRelation } from '../../../src/report/simpleRelation';
import type { Shape } from '../../../src/tensor/shape';
import { toFloat64 } from '../../../src/tensor/tensor';
import { randomTensor, tensor } from '../norm/tensors';

const reference = randomTensor('fc.weight', [4, 4], 1);
const values = toFloat64(reference);

async function relation(made: Float64Array, shape: Shape = [4, 4]): Promise<string | undefined> {
  const [a] = memoryDump([tensor('fc.weight', shape, made)]).tensors;
  const [b] = memoryDump([reference]).tensors;
  return simpleRelation(a, b, 1e-12);
}

describe('simpleRelation', () => {
  it.each([
    ['It is the reference transposed.', values.map((_, i) => values[(i % 4) * 4 + Math.floor(i / 4)])],
    ['It is the reference times 1.001.', values.map((value) => 1.001 * value)],
    ['It is the reference with the sign turned.', values.map((value) => -value)],
    ['It is the reference plus 0.5.', values.map((value) => value + 0.5)],
    [
      'It is the reference less 1, as where one of the two stores weights as offsets from one.',
      values.map((value) => value - 1),
    ],
    [undefined, values.map((value, i) => (i === 7 ? 0 : value))],
    [undefined, values.map((value, i) => (i === 7 ? NaN : 2 * value))],
  ])('says %s', async (sentence, made) => {
    expect(await relation(made)).toBe(sentence);
  });

  it('looks through another shape', async () => {
    const sentence = 'It holds the numbers of the reference in the same order, in another shape.';
    expect(await relation(values, [16])).toBe(sentence);
    expect(await relation(values, [2, 8])).toBe(sentence);
    expect(
      await relation(
        values.map((value) => 2 * value),
        [16],
      ),
    ).toBeUndefined();
    expect(await relation(values.slice(0, 8), [8])).toBeUndefined();
  });
});
