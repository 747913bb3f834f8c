import { describe, expect, it } from 'vitest';
import { layoutFor, lengthsOf, writtenLayout } from '../../../src/formats/rawLayouts';

describe('layoutFor', () => {
  const layout = { dtype: 'int16', shape: [-1, 4], littleEndian: false, byteOffset: 8 } as const;

  it('gives back what was written down for a pattern', () => {
    const layouts = { '*.bin': writtenLayout(layout) };
    expect(layoutFor(layouts, 'acts.BIN')).toEqual(layout);
    expect(layoutFor(layouts, 'acts.binary')).toBeUndefined();
  });

  it('lets the last pattern that fits decide, and a dot be a dot', () => {
    const layouts = { '*': { dtype: 'uint8' }, 'x.*': { dtype: 'float16' } };
    expect(layoutFor(layouts, 'x.dat')).toMatchObject({ dtype: 'float16', shape: [-1], littleEndian: true });
    expect(layoutFor(layouts, 'xydat')).toMatchObject({ dtype: 'uint8' });
  });

  it.each([
    null,
    'float32',
    { dtype: 'float99' },
    { dtype: 'toString' },
    { dtype: 'bool', shape: 4 },
    { dtype: 'bool', offset: 0.5 },
  ])('passes %j over', (written) => {
    expect(layoutFor({ '*': written }, 'x.bin')).toBeUndefined();
  });
});

it.each([
  ['-1, 768', [-1, 768]],
  ['4x8', [4, 8]],
  ['(2, 3,)', [2, 3]],
  ['12', [12]],
  ['', undefined],
  ['a, 2', undefined],
  ['1.5', undefined],
])('reads the lengths %j', (text, lengths) => {
  expect(lengthsOf(text)).toEqual(lengths);
});
