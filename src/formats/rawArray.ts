import { dtypes, type DType } from '../tensor/dtype';
import { FormatError } from '../tensor/errors';
import { cOrderStrides, elementCount, formatShape, type Shape } from '../tensor/shape';
import type { ByteSource } from './byteSource';
import type { Dump } from './dump';
import { headerShape } from './headerShape';

/** What a file without a header does not say of itself. */
export interface RawLayout {
  readonly dtype: DType;
  /** At most one length may be -1: as many as the file has room for. */
  readonly shape: readonly number[];
  readonly littleEndian: boolean;
  /** Bytes before the first value. */
  readonly byteOffset: number;
}

/**
 * Opens a file of nothing but values in C order, such as `tofile` of NumPy writes: one tensor named as the file without its
 * ending.
 *
 * @throws FormatError as `rawShape` does
 */
export function openRaw(source: ByteSource, fileName: string, layout: RawLayout): Dump {
  const { dtype, littleEndian, byteOffset } = layout;
  const shape = rawShape(source.size, layout);
  const elementBytes = dtypes[dtype].bytes;
  const left = source.size - byteOffset - elementCount(shape) * elementBytes;
  const name = fileName.replace(/\.[^.]*$/, '');
  const strides = cOrderStrides(shape).map((stride) => stride * elementBytes);
  return {
    format: 'raw',
    metadata: {},
    tensors: [{ name, dtype, shape, source, byteOffset, strides, littleEndian }],
    notes: left === 0 ? [] : [`${left} bytes behind the array are ignored.`],
  };
}

/**
 * The shape of the values in a file, its -1 filled in.
 *
 * @param size of the file in bytes
 * @throws FormatError if the layout is none, or the file is shorter than it takes
 */
export function rawShape(size: number, layout: RawLayout): Shape {
  const { dtype, byteOffset } = layout;
  if (!(Number.isSafeInteger(byteOffset) && byteOffset >= 0 && byteOffset <= size)) {
    throw new FormatError('raw', `the values begin at byte ${byteOffset} of a file of ${size} bytes`);
  }
  const elementBytes = dtypes[dtype].bytes;
  const room = Math.floor((size - byteOffset) / elementBytes);
  const shape = headerShape(completed(layout.shape, room), (reason) => new FormatError('raw', `the shape ${reason}`));
  const needed = elementCount(shape) * elementBytes;
  if (needed > size - byteOffset) {
    const found = `${size - byteOffset} follow byte ${byteOffset}`;
    throw new FormatError('raw', `${formatShape(shape)} ${dtype} takes ${needed} bytes, ${found}`, undefined, {
      advice: 'Give the shape and dtype with which the file was written.',
    });
  }
  return shape;
}

/** The shape with its -1, if there is one, replaced by the length that fills the room. */
function completed(shape: readonly number[], room: number): number[] {
  const rest = shape.filter((length) => length !== -1).reduce((product, length) => product * length, 1);
  const open = shape.indexOf(-1);
  return shape.map((length, axis) => (axis === open && rest > 0 ? Math.floor(room / rest) : length));
}
