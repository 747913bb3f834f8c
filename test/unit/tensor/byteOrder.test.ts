import { expect, it } from 'vitest';
import { swapToHost } from '../../../src/tensor/byteOrder';

it('undoes itself', () => {
  const bytes = Uint8Array.from({ length: 16 }, (_, i) => i);
  for (const littleEndian of [true, false]) {
    expect([...swapToHost(swapToHost(bytes, 4, littleEndian), 4, littleEndian)]).toEqual([...bytes]);
  }
});

it('gives words that a typed array reads as the file means them', () => {
  const bytes = Uint8Array.of(1, 2, 3, 4);
  expect(new Uint32Array(swapToHost(bytes, 4, true).buffer)[0]).toBe(0x04030201);
  expect(new Uint32Array(swapToHost(bytes, 4, false).buffer)[0]).toBe(0x01020304);
});
