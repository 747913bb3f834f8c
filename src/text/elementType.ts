import { dtypes, type DType } from '../tensor/dtype';
import { juliaType } from './brackets';
import type { CallAround } from './callAround';
import type { Printer } from './printer';

/** Names of element types that differ from Normscope's own. */
const otherNames = new Map<string, DType>([
  ['float', 'float64'],
  ['int', 'int64'],
  ['torch.float', 'float32'],
  ['torch.half', 'float16'],
  ['torch.double', 'float64'],
  ['torch.long', 'int64'],
  ['torch.int', 'int32'],
  ['torch.short', 'int16'],
  ['np.half', 'float16'],
  ['np.single', 'float32'],
  ['np.double', 'float64'],
  ['np.bool_', 'bool'],
]);

/** Constructors that are named for the type of their elements. */
const typedArrays = new Map<string, DType>([
  ['Float16Array', 'float16'],
  ['Float32Array', 'float32'],
  ['Float64Array', 'float64'],
  ['Int8Array', 'int8'],
  ['Uint8Array', 'uint8'],
  ['Uint8ClampedArray', 'uint8'],
  ['Int16Array', 'int16'],
  ['Uint16Array', 'uint16'],
  ['Int32Array', 'int32'],
  ['Uint32Array', 'uint32'],
  ['BigInt64Array', 'int64'],
  ['BigUint64Array', 'uint64'],
  ['single', 'float32'],
  ['double', 'float64'],
]);

const dtypeArgument = /\bdtype\s*=\s*['"]?([\w.]+)/;

/**
 * The element type that a call around an array says, or is named for, or leaves out in print because it is the default
 * for such numbers.
 *
 * @param elements the text of the array
 * @param printer  whose print it is, if it is one
 * @returns undefined if nothing tells
 */
export function elementType(
  { name, otherArguments }: CallAround,
  elements: string,
  printer: Printer | undefined,
): DType | undefined {
  const stated = dtypeArgument.exec(otherArguments)?.[1];
  if (stated !== undefined || printer === undefined) {
    return stated === undefined ? typedArrays.get(name.replace(/\.from$/, '')) : dtypeNamed(stated);
  }
  if (/\d[.e]|\.\d|nan|inf/i.test(elements)) {
    return printer === 'numpy' ? 'float64' : 'float32';
  }
  return /\d/.test(elements) ? 'int64' : 'bool';
}

function dtypeNamed(name: string): DType | undefined {
  const last = name.slice(name.lastIndexOf('.') + 1);
  return otherNames.get(name) ?? (last in dtypes ? (last as DType) : undefined);
}

/** The element type whose name stands right before a bracket, as in `Float32[1, 2]` of Julia. */
export function typeBefore(text: string, bracket: number): DType | undefined {
  const name = juliaType.exec(text.slice(Math.max(0, bracket - 16), bracket))?.[1].toLowerCase();
  return name !== undefined && name in dtypes ? (name as DType) : undefined;
}
