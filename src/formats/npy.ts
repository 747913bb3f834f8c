import { FormatError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import type { Dump, TensorRef } from './dump';
import { headerShape } from './headerShape';
import { readNpyHeader } from './npyHeader';
import { quote } from './quote';

/**
 * Opens a .npy file: one tensor named as the file without its ending, or one per numeric field of a structured array.
 *
 * @throws FormatError, LimitError as `npyTensors` does
 */
export async function openNpy(source: ByteSource, fileName: string, signal?: AbortSignal): Promise<Dump> {
  const head = (bytes: number) => source.read(0, bytes, signal);
  const { tensors, notes } = await npyTensors(source, head);
  const arrayName = fileName.replace(/\.npy$/i, '');
  const named = tensors.map((tensor) => (tensor.name === '' ? { ...tensor, name: arrayName } : tensor));
  return { format: 'npy', metadata: {}, tensors: named, notes };
}

/**
 * The tensors in the bytes of a .npy file, by the names of their fields; "" is the name of an array without fields.
 *
 * @param source the whole file, read only when values are
 * @param head   gives the first bytes of the file, as many as asked for
 * @throws FormatError if the file is malformed, cut short, or holds no numbers
 * @throws LimitError if the header is longer than any that NumPy writes
 */
export async function npyTensors(
  source: ByteSource,
  head: (bytes: number) => Promise<Uint8Array>,
): Promise<Pick<Dump, 'tensors' | 'notes'>> {
  const { element, shape, strides, dataOffset, trailingBytes } = await readNpyHeader(head, source.size);
  const tensors: TensorRef[] = [];
  const notes: string[] = [];
  for (const field of element.fields) {
    const { name, dtype, typeName, littleEndian } = field;
    if (dtype === undefined) {
      notes.push(`The field ${quote(name)} is not shown: it holds no numbers (${typeName}).`);
      continue;
    }
    tensors.push({
      name,
      dtype,
      shape: headerShape(
        [...shape, ...field.shape],
        (reason) => new FormatError('npy', `the shape ${reason}`, dataOffset),
      ),
      source,
      byteOffset: dataOffset + field.byteOffset,
      strides: [...strides, ...field.strides],
      littleEndian,
    });
  }
  if (tensors.length === 0) {
    const types = element.fields.map(({ typeName }) => typeName).join(', ');
    throw new FormatError('npy', `the array holds no numbers (${types || 'no fields'})`);
  }
  if (trailingBytes > 0) {
    notes.push(`${trailingBytes} bytes behind the array are ignored.`);
  }
  return { tensors, notes };
}
