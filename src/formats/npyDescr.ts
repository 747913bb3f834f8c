import type { DType } from '../tensor/dtype';
import { cOrderStrides, elementCount, type Shape } from '../tensor/shape';
import { headerShape } from './headerShape';
import type { PythonLiteral } from './pythonLiteral';
import { quote } from './quote';

/** What stands at one place of every element of an array: the element itself, or a field of a record. */
export interface NpyField {
  /** Names from the outermost record inwards, joined by dots; "" for an element that is no record. */
  readonly name: string;
  /** Undefined for a field whose values are no numbers. */
  readonly dtype: DType | undefined;
  /** As the file writes it, as in "<f4"; for values that are no numbers also what they are. */
  readonly typeName: string;
  readonly littleEndian: boolean;
  /** Of the field within one element; `[]` for one value. */
  readonly shape: Shape;
  /** Bytes from one step along each axis of `shape` to the next. */
  readonly strides: readonly number[];
  /** Within one element. */
  readonly byteOffset: number;
}

/** One element of an array. */
export interface NpyElement {
  /** Bytes from one element to the next. */
  readonly bytes: number;
  readonly fields: readonly NpyField[];
}

const dtypesByCode = new Map<string, DType>([
  ['f8', 'float64'],
  ['f4', 'float32'],
  ['f2', 'float16'],
  ['i8', 'int64'],
  ['i4', 'int32'],
  ['i2', 'int16'],
  ['i1', 'int8'],
  ['u8', 'uint64'],
  ['u4', 'uint32'],
  ['u2', 'uint16'],
  ['u1', 'uint8'],
  ['b1', 'bool'],
  ['c8', 'complex64'],
  ['c16', 'complex128'],
]);

/** What the values of other types are, by kind or by kind and size. */
const otherKinds = new Map([
  ['U', 'text'],
  ['S', 'byte strings'],
  ['a', 'byte strings'],
  ['V', 'raw bytes, perhaps numbers of a dtype that NumPy does not know, such as bfloat16'],
  ['M', 'dates'],
  ['m', 'time spans'],
  ['f12', 'long doubles, whose layout differs between machines'],
  ['f16', 'long doubles, whose layout differs between machines'],
  ['c24', 'complex long doubles, whose layout differs between machines'],
  ['c32', 'complex long doubles, whose layout differs between machines'],
]);

/**
 * Reads the `descr` of a .npy header: a type such as '<f4', or a list of fields (name, type) or (name, type, shape), whose
 * types may be such lists again.
 *
 * @param refuse makes the error from its reason
 * @throws the error if `descr` is malformed, of an unknown type, or of Python objects, which only a pickle could restore
 */
export function parseNpyDescr(descr: PythonLiteral | undefined, refuse: (reason: string) => Error): NpyElement {
  if (typeof descr === 'string') {
    return parseType(descr, refuse);
  }
  if (!Array.isArray(descr)) {
    throw refuse('descr is neither a type nor a list of fields');
  }
  let bytes = 0;
  const fields: NpyField[] = [];
  for (const entry of descr) {
    const { name, element, shape } = parseField(entry, refuse);
    // The gaps that align fields have no name.
    if (name !== '' || element.fields.some(({ dtype }) => dtype !== undefined)) {
      fields.push(...element.fields.map((field) => nest(field, name, shape, bytes, element.bytes)));
    }
    bytes += elementCount(shape) * element.bytes;
    if (!Number.isSafeInteger(bytes)) {
      throw refuse('descr makes records of more bytes than can be counted');
    }
  }
  if (new Set(fields.map(({ name }) => name)).size < fields.length) {
    throw refuse('descr names two fields alike');
  }
  return { bytes, fields };
}

function parseType(descr: string, refuse: (reason: string) => Error): NpyElement {
  const [, order, code, kind, size] = /^([<>=|]?)(([a-zA-Z])(\d*))(?:\[.*\])?$/.exec(descr) ?? [];
  if (kind === 'O') {
    throw refuse(
      `the values are Python objects (${quote(descr)}), which only running a pickle could restore; that is never done`,
    );
  }
  const dtype = dtypesByCode.get(code);
  const otherKind = otherKinds.get(code) ?? otherKinds.get(kind);
  // NumPy counts text in characters of 4 bytes.
  const bytes = Number(size) * (kind === 'U' ? 4 : 1);
  if ((dtype === undefined && otherKind === undefined) || !Number.isSafeInteger(bytes)) {
    throw refuse(`the dtype ${quote(descr)} is unknown`);
  }
  const typeName = dtype === undefined ? `${quote(descr)}: ${otherKind}` : descr;
  const littleEndian = order !== '>';
  return { bytes, fields: [{ name: '', dtype, typeName, littleEndian, shape: [], strides: [], byteOffset: 0 }] };
}

function parseField(
  entry: PythonLiteral,
  refuse: (reason: string) => Error,
): { name: string; element: NpyElement; shape: Shape } {
  const [label, type, lengths = []] = Array.isArray(entry) ? entry : [];
  // A field with a title is ((title, name), type).
  const name = Array.isArray(label) ? label[1] : label;
  if (typeof name !== 'string' || type === undefined) {
    throw refuse('descr has a field that is not (name, type) or (name, type, shape)');
  }
  const shape = headerShape(typeof lengths === 'number' ? [lengths] : lengths, (reason) =>
    refuse(`the shape of the field ${quote(name)} ${reason}`),
  );
  return { name, element: parseNpyDescr(type, refuse), shape };
}

/** A field seen from the record around it, of which the array of `shape` at `byteOffset` is made. */
function nest(field: NpyField, name: string, shape: Shape, byteOffset: number, elementBytes: number): NpyField {
  return {
    ...field,
    name: field.name === '' ? name : `${name}.${field.name}`,
    shape: [...shape, ...field.shape],
    strides: [...cOrderStrides(shape).map((stride) => stride * elementBytes), ...field.strides],
    byteOffset: byteOffset + field.byteOffset,
  };
}
