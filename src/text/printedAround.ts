import type { DType } from '../tensor/dtype';

/** What Octave, MATLAB, old PyTorch and LibTorch print on a line before numbers that are to be multiplied, up to the numbers' line. */
export const factorLine = /^\s*(\d+(?:\.\d*)?(?:e[+-]?\d+)?) \*[^\S\n]*\n(?:[^\S\n]*\n)*/;
const factorBefore = /(?:^|\n)[^\S\n]*(\d+(?:\.\d*)?(?:e[+-]?\d+)?) \*\s*$/;

/** What old PyTorch and LibTorch print on a line after the numbers, as `[torch.FloatTensor of size 2x3]`, `[ CPUFloatType{2,3} ]`. */
export const sizeLine =
  /^\s*\[(?:torch\.(?:cuda\.)?(\w+)Tensor of size [^\]\n]*| (?:CPU|CUDA|MPS)(\w+)Type\{[\d,]*\} )\]/;

/** The element types in PyTorch's old names. */
const tensorTypes = new Map<string, DType>([
  ['Double', 'float64'],
  ['Float', 'float32'],
  ['Half', 'float16'],
  ['BFloat16', 'bfloat16'],
  ['Long', 'int64'],
  ['Int', 'int32'],
  ['Short', 'int16'],
  ['Char', 'int8'],
  ['Byte', 'uint8'],
  ['Bool', 'bool'],
]);

/** What the lines before and after a matrix without brackets tell: the factor of all numbers, 1 without one, and their type. */
export function printedAround(text: string, start: number, end: number): { factor: number; dtype?: DType } {
  const before = text.slice(Math.max(0, start - 64), start);
  const factor = factorBefore.exec(before);
  const [, oldType, type = oldType] = sizeLine.exec(text.slice(end, end + 128)) ?? [];
  return { factor: factor ? Number(factor[1]) : 1, dtype: tensorTypes.get(type) };
}
