import { expect, it } from 'vitest';
import { denominator } from '../../../src/norm/denominator';

it('has ε inside the root, outside it, or as a lower bound of it', () => {
  expect(denominator({ eps: 7, epsPlace: 'inside' }, 9)).toBe(4);
  expect(denominator({ eps: 7, epsPlace: 'outside' }, 9)).toBe(10);
  expect(denominator({ eps: 7, epsPlace: 'clamp' }, 9)).toBe(7);
  expect(denominator({ eps: 2, epsPlace: 'clamp' }, 9)).toBe(3);
});
