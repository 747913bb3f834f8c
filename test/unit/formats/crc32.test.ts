import { expect, it } from 'vitest';
import { crc32 } from '../../../src/formats/crc32';

it('gives the check value of the standard', () => {
  expect(crc32(0, new TextEncoder().encode('123456789'))).toBe(0xcbf43926);
  expect(crc32(0, new Uint8Array())).toBe(0);
});

it('carries on over any division of the bytes', () => {
  const bytes = Uint8Array.from({ length: 1000 }, (_, i) => (i * i) % 251);
  const whole = crc32(0, bytes);
  for (const cut of [1, 2, 3, 500, 997]) {
    expect(crc32(crc32(0, bytes.subarray(0, cut)), bytes.subarray(cut))).toBe(whole);
  }
});
