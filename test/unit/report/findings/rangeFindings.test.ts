import { describe, expect, it } from 'vitest';
import { memoryDump } from '../../../../src/formats/memoryDump';
import { Random } from '../../../../src/norm/random';
import { diagnose } from '../../../../src/report/findings/diagnose';
import { encodeFloats } from '../../../../src/tensor/encodeFloat';
import type { FloatDtype } from '../../../../src/tensor/roundFloat';
import type { Tensor } from '../../../../src/tensor/tensor';
import { tensor } from '../../norm/tensors';

const cols = 64;

/** Rows of normal numbers, each with a scale and a mean of its own. */
function rowsOf(scales: readonly number[], dtype: FloatDtype, mean = 0): Tensor {
  const values = new Random(3)
    .normals(scales.length * cols)
    .map((value, i) => mean + scales[Math.floor(i / cols)] * value);
  const held =
    dtype === 'float32' ? Float32Array.from(values) : dtype === 'float64' ? values : encodeFloats(values, dtype);
  return tensor('ln.input', [scales.length, cols], held, dtype);
}

async function findingsOf(input: Tensor, op: string, eps: number) {
  const norms = JSON.stringify({ ln: { op, eps } });
  return (await diagnose(memoryDump([input], { norms }))).findings;
}

describe('diagnose of a norm in a narrow format', () => {
  it('finds an eps that rounds to zero in float16, and the rows that it leaves without one', async () => {
    const healthy = rowsOf([1, 1], 'float16');
    expect(await findingsOf(healthy, 'layer_norm', 1e-12)).toMatchObject([
      { code: 'eps-vanishes', severity: 'info', tensor: 'ln.input', where: {} },
    ]);
    const withZeros = rowsOf([1, 0], 'float16');
    const [found] = await findingsOf(withZeros, 'layer_norm', 1e-8);
    expect(found).toMatchObject({ code: 'eps-vanishes', severity: 'warning', where: { rows: [[1]] } });
    expect(found.message).toMatch(
      /^ε 1e-8 of the norm of ln\.input rounds to zero in float16.* in 1 of 2 rows, first \(1\)\.$/,
    );
    expect(await findingsOf(healthy, 'layer_norm', 1e-7)).toEqual([]);
    expect(await findingsOf(rowsOf([1, 1], 'float32'), 'layer_norm', 1e-12)).toEqual([]);
  });

  // 65504 / 64 = 31.99²: the RMS from which 64 squares are beyond float16.
  it('finds rows whose squares are beyond their format', async () => {
    const found = await findingsOf(rowsOf([10, 60], 'float16'), 'rms_norm', 1e-5);
    expect(found).toMatchObject([{ code: 'squares-overflow', severity: 'info', where: { rows: [[1]] } }]);
    expect(found[0].message).toMatch(
      /^In 1 of 2 rows of ln\.input the squares sum to more than 65504, the largest float16/,
    );
    expect(await findingsOf(rowsOf([10, 60], 'bfloat16'), 'rms_norm', 1e-5)).toEqual([]);
    const huge = tensor('ln.input', [1, 2], Float32Array.of(1e30, -1e30), 'float32');
    expect(await findingsOf(huge, 'rms_norm', 1e-5)).toMatchObject([{ code: 'squares-overflow', tensor: 'ln.input' }]);
  });

  // (mean / std)² · 2⁻²⁴ = 6 % of the variance at 1000 standard deviations.
  it('finds rows whose variance is lost when the squared mean is subtracted', async () => {
    expect(await findingsOf(rowsOf([1, 1], 'float32', 1000), 'layer_norm', 1e-5)).toMatchObject([
      { code: 'variance-cancellation', severity: 'info', where: { rows: [[0], [1]] } },
    ]);
    expect(await findingsOf(rowsOf([1, 1], 'float32', 100), 'layer_norm', 1e-5)).toEqual([]);
    expect(await findingsOf(rowsOf([1, 1], 'float64', 1000), 'layer_norm', 1e-5)).toEqual([]);
    expect(await findingsOf(rowsOf([1, 1], 'float32', 1000), 'rms_norm', 1e-5)).toEqual([]);
  });
});
