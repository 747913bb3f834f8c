import { describe, expect, it } from 'vitest';
import { suggestedRename } from '../../../src/report/suggestedRename';

describe('suggestedRename', () => {
  it.each([
    [
      'a beginning too many',
      ['fc.weight', 'fc.bias', 's'],
      ['model.fc.weight', 'model.fc.bias', 'model.s'],
      ['model.', ''],
    ],
    ['a beginning too few', ['model.fc.weight', 'model.ln.bias'], ['fc.weight', 'ln.bias'], ['', 'model.']],
    ['another beginning', ['layers.0.ln.w', 'layers.1.ln.w'], ['h.0.ln.w', 'h.1.ln.w'], ['h.', 'layers.']],
    ['folders as in HDF5', ['a/x', 'a/y'], ['run/a/x', 'run/a/y'], ['run/', '']],
  ])('finds %s', (_, missing, extra, expected) => {
    expect(suggestedRename(missing, extra)).toEqual(expected);
  });

  it.each([
    ['nothing in common', ['a.weight', 'b.weight'], ['q', 'r']],
    ['one name of many', ['a.x', 'b.y', 'c.z', 'd.u'], ['m.a.x']],
    ['nothing missing', [], ['a.x']],
  ])('is silent of %s', (_, missing, extra) => {
    expect(suggestedRename(missing, extra)).toBeUndefined();
  });
});
