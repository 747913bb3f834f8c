import type { DType } from '../tensor/dtype';
import { formatCount } from '../tensor/formatCount';
import { LimitError, ShapeError } from '../tensor/errors';
import { elementCount } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';

/** The texts that a tensor can be copied as. */
export type CopyFormat = 'numpy' | 'pytorch' | 'json' | 'csv';

/** Numbers that are copied at the most: some 20 MB of text, which is as much as a clipboard takes well. */
const maxNumbers = 1_000_000;

/** Element types that NumPy, or older PyTorch, has none for; float32 holds every value of theirs. */
const widened: Readonly<Record<'numpy' | 'pytorch', readonly DType[]>> = {
  numpy: ['bfloat16', 'float8_e4m3fn', 'float8_e5m2'],
  pytorch: ['float8_e4m3fn', 'float8_e5m2', 'uint16', 'uint32', 'uint64'],
};

/**
 * A tensor as text: Python that makes it with NumPy or PyTorch, JSON with NaN and Infinity as Python writes them, or CSV with a
 * line for each row of the last axis. Every number reads back to the same bits.
 *
 * @throws LimitError if it has more than a million numbers; ShapeError if it is complex
 */
export function copyAs(tensor: Tensor, format: CopyFormat): string {
  const { shape, dtype } = tensor;
  const count = elementCount(shape);
  if (count > maxNumbers) {
    throw new LimitError(`The tensor has ${formatCount(count)} numbers; up to a million are copied as text.`);
  }
  if (dtype === 'complex64' || dtype === 'complex128') {
    throw new ShapeError(`"${tensor.name}" is complex; only real numbers are copied as text.`);
  }
  if (format === 'csv') {
    const cols = shape.at(-1) ?? 1;
    const words = Array.from({ length: count }, (_, i) => numeral(tensor.values[i], dtype, 'json'));
    return Array.from({ length: cols && count / cols }, (_, row) =>
      words.slice(row * cols, (row + 1) * cols).join(','),
    ).join('\n');
  }
  if (format === 'json') {
    return nested(tensor, 'json');
  }
  const type = widened[format].includes(dtype) ? (dtype.startsWith('uint') ? 'int64' : 'float32') : dtype;
  const elements = nested(tensor, 'python');
  if (format === 'numpy') {
    return `np.array(${elements}, dtype=np.${type === 'bool' ? 'bool_' : type})`;
  }
  return `torch.tensor(${elements}, dtype=torch.${type})`;
}

/** The numbers as nested lists, a line for each row of the last axis. */
function nested({ shape, values, dtype }: Tensor, language: 'json' | 'python'): string {
  const list = (axis: number, start: number): string => {
    if (axis === shape.length) {
      return numeral(values[start], dtype, language);
    }
    const step = elementCount(shape.slice(axis + 1));
    const parts = Array.from({ length: shape[axis] }, (_, i) => list(axis + 1, start + i * step));
    return `[${parts.join(axis === shape.length - 1 ? ', ' : `,\n${' '.repeat(axis + 1)}`)}]`;
  };
  return list(0, 0);
}

function numeral(value: number | bigint, dtype: DType, language: 'json' | 'python'): string {
  if (dtype === 'bool') {
    const isTrue = Number(value) !== 0;
    return language === 'python' ? (isTrue ? 'True' : 'False') : String(isTrue);
  }
  if (typeof value === 'bigint' || Number.isFinite(value)) {
    return Object.is(value, -0) ? '-0.0' : String(value);
  }
  return language === 'python' ? `float('${String(value).toLowerCase()}')` : String(value);
}
