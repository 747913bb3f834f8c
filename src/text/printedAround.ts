import type { DType } from '../tensor/dtype';

/** What Octave, MATLAB and old PyTorch print on a line before numbers that are to be multiplied, up to the numbers' line. */
export const factorLine = /^\s*(\d+(?:\.\d*)?e[+-]?\d+) \*[^\S\n]*\n(?:[^\S\n]*\n)*/;

/** What old PyTorch prints on a line after the numbers. */
export const sizeLine = /^\s*\[torch\.(?:cuda\.)?(\w+)Tensor of size [^\]\n]*\]/;

/** The element types in PyTorch's old names. */
const tensorTypes = new Map<string, DType>([
  ['Double', 'float64'],
  ['Float', 'float32'],
  ['Half', 'float16'],
  ['Long', 'int64'],
  ['Int', 'int32'],
  ['Short', 'int16'],
  ['Char', 'int8'],
  ['Byte', 'uint8'],
]);

/** What the lines before and after a matrix without brackets tell: the factor of all numbers, 1 without one, and their type. */
export function printedAround(text: string, start: number, end: number): { factor: number; dtype?: DType } {
  const before = text.slice(Math.max(0, start - 64), start);
  const factor = /(?:^|\n)[^\S\n]*(\d+(?:\.\d*)?e[+-]?\d+) \*\s*$/.exec(before);
  const after = sizeLine.exec(text.slice(end, end + 128));
  return { factor: factor ? Number(factor[1]) : 1, dtype: after ? tensorTypes.get(after[1]) : undefined };
}
