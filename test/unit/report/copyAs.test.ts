import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyAs } from '../../../src/report/copyAs';
import { LimitError, ShapeError } from '../../../src/tensor/errors';
import type { Tensor } from '../../../src/tensor/tensor';
import { literalIn } from '../../../src/text/literals';

const x: Tensor = { name: 'x', dtype: 'float32', shape: [2, 2], values: Float32Array.of(1, -2.5, NaN, -Infinity) };

describe('copyAs', () => {
  it('writes NumPy, PyTorch, JSON and CSV', () => {
    const python = "[[1, -2.5],\n [float('nan'), float('-infinity')]]";
    expect(copyAs(x, 'numpy')).toBe(`np.array(${python}, dtype=np.float32)`);
    expect(copyAs(x, 'pytorch')).toBe(`torch.tensor(${python}, dtype=torch.float32)`);
    expect(copyAs(x, 'json')).toBe('[[1, -2.5],\n [NaN, -Infinity]]');
    expect(copyAs(x, 'csv')).toBe('1,-2.5\nNaN,-Infinity');
  });

  it('writes bool as each language has it, and types that one lacks as a wider one', () => {
    const mask: Tensor = { name: 'm', dtype: 'bool', shape: [2], values: Uint8Array.of(1, 0) };
    expect(copyAs(mask, 'numpy')).toBe('np.array([True, False], dtype=np.bool_)');
    expect(copyAs(mask, 'json')).toBe('[true, false]');
    expect(copyAs({ ...x, dtype: 'bfloat16' }, 'numpy')).toMatch(/dtype=np.float32\)$/);
    expect(copyAs({ ...x, dtype: 'bfloat16' }, 'pytorch')).toMatch(/dtype=torch.bfloat16\)$/);
  });

  it('writes every number so that it reads back to the same bits', () => {
    fc.assert(
      fc.property(fc.array(fc.double(), { minLength: 4, maxLength: 4 }), (values) => {
        const tensor: Tensor = { name: 'x', dtype: 'float64', shape: [2, 2], values: Float64Array.from(values) };
        for (const format of ['numpy', 'pytorch', 'json', 'csv'] as const) {
          const text = copyAs(tensor, format);
          const literal = literalIn(text, 0, text.length);
          expect(literal.shape).toEqual([2, 2]);
          expect(Array.from(literal.values)).toEqual(values);
        }
      }),
    );
  });

  it('refuses what is too large, and complex numbers', () => {
    expect(() => copyAs({ ...x, shape: [1001, 1000], values: new Float32Array(0) }, 'csv')).toThrow(LimitError);
    expect(() => copyAs({ ...x, dtype: 'complex64' }, 'json')).toThrow(ShapeError);
  });
});
