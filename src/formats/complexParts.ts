import { dtypes } from '../tensor/dtype';
import type { Dump, TensorRef } from './dump';

/** The parts of a complex dtype, by the dtype of each. */
const partDtypes = { complex64: 'float32', complex128: 'float64' } as const;

/**
 * The dump with the parts of every complex tensor behind it, as tensors of their own: "x.real" and "x.imag", named as NumPy and
 * PyTorch name them. They are views into the same bytes.
 */
export function withComplexParts(dump: Dump): Dump {
  const names = new Set(dump.tensors.map(({ name }) => name));
  return {
    ...dump,
    tensors: dump.tensors.flatMap((ref) => [ref, ...partsOf(ref).filter(({ name }) => !names.has(name))]),
  };
}

function partsOf(ref: TensorRef): TensorRef[] {
  const { name, dtype, byteOffset } = ref;
  if (dtype !== 'complex64' && dtype !== 'complex128') {
    return [];
  }
  const part = partDtypes[dtype];
  return [
    { ...ref, name: `${name}.real`, dtype: part },
    { ...ref, name: `${name}.imag`, dtype: part, byteOffset: byteOffset + dtypes[part].bytes },
  ];
}
