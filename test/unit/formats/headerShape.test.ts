import { describe, expect, it } from 'vitest';
import { headerShape } from '../../../src/formats/headerShape';

const shapeOf = (value: unknown) => headerShape(value, (reason) => new Error(`The shape ${reason}.`));

describe('headerShape', () => {
  it.each([[[]], [[3]], [[2, 0, 5]], [[2 ** 31, 2 ** 21]], [new Array<number>(64).fill(1)]])('takes %j', (shape) => {
    expect(shapeOf(shape)).toEqual(shape);
  });

  it.each<[unknown, string]>([
    [undefined, 'The shape is not a list of lengths.'],
    ['3', 'The shape is not a list of lengths.'],
    [[-1], 'The shape holds -1; every length must be a whole number from 0 to 2^53.'],
    [[2.5], 'The shape holds 2.5; every length must be a whole number from 0 to 2^53.'],
    [[Infinity], 'The shape holds Infinity; every length must be a whole number from 0 to 2^53.'],
    [[null], 'The shape holds "null"; every length must be a whole number from 0 to 2^53.'],
    [['2'], 'The shape holds "2"; every length must be a whole number from 0 to 2^53.'],
    [[2 ** 53], 'The shape holds 9007199254740992; every length must be a whole number from 0 to 2^53.'],
    [[2 ** 32, 2 ** 32], 'The shape (4294967296, 4294967296) has more elements than can be counted.'],
    [[2 ** 32, 2 ** 32, 0], 'The shape (4294967296, 4294967296, 0) has more elements than can be counted.'],
    [[2 ** 25, 0], 'The shape (33554432, 0) has 33554432 rows without values; at most 16777216 are read.'],
    [new Array<number>(65).fill(1), 'The shape has 65 axes; at most 64 are read.'],
  ])('refuses %j', (value, message) => {
    expect(() => shapeOf(value)).toThrow(message);
  });
});
