import { expect, it } from 'vitest';
import { parseEps } from '../../../webview/parseEps';

it.each([
  ['1e-5', 1e-5],
  [' 1E-05 ', 1e-5],
  ['.00001', 1e-5],
  ['1.', 1],
  ['0', 0],
])('reads %s', (text, eps) => {
  expect(parseEps(text)).toBe(eps);
});

it.each(['', 'abc', '-1e-5', '0x10', 'Infinity', '1e999', '1e-5 x', '1,5'])('takes %s for no ε', (text) => {
  expect(parseEps(text)).toBeUndefined();
});
