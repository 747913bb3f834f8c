import { FormatError, LimitError } from '../tensor/errors';
import { cOrderStrides, elementCount, formatShape, type Shape } from '../tensor/shape';
import { headerShape } from './headerShape';
import { parseNpyDescr, type NpyElement } from './npyDescr';
import { parsePythonLiteral, PythonLiteralError, type PythonLiteral } from './pythonLiteral';

/** Headers are 128 bytes as a rule; this has room for records of ten thousand fields. */
const maxHeaderBytes = 1 << 20;

/** What almost every header fits in, so that one read is enough. */
const usualHeaderBytes = 256;

const magic = [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59];

/** What the header of a .npy file says, checked against the size of the file. */
export interface NpyHeader {
  readonly element: NpyElement;
  readonly shape: Shape;
  /** Bytes from one element to the next along each axis. */
  readonly strides: readonly number[];
  /** Where the first element starts. */
  readonly dataOffset: number;
  /** Bytes of the file behind the last element. */
  readonly trailingBytes: number;
}

/**
 * Reads the header of a .npy file, versions 1 to 3 (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 *
 * @param head     gives the first bytes of the file, as many as asked for; fewer only where the file ends
 * @param fileSize of the whole file in bytes
 * @throws FormatError if the header is malformed or promises more than the file holds
 * @throws LimitError if the header is longer than any that NumPy writes
 */
export async function readNpyHeader(
  head: (bytes: number) => Promise<Uint8Array>,
  fileSize: number,
): Promise<NpyHeader> {
  let bytes = await head(Math.min(fileSize, usualHeaderBytes));
  const { version, start, end } = headerExtent(bytes, fileSize);
  if (end > bytes.length) {
    bytes = await head(end);
  }
  const header = parseHeader(bytes.subarray(start, end), version, start);
  const refuse = (reason: string) => refusal(reason, start);
  const isFortranOrder = header.get('fortran_order');
  if (typeof isFortranOrder !== 'boolean') {
    throw refuse('fortran_order in the header is neither True nor False');
  }
  const element = parseNpyDescr(header.get('descr'), refuse);
  const shape = headerShape(header.get('shape'), (reason) => refuse(`the shape ${reason}`));
  const needed = elementCount(shape) * element.bytes;
  if (!Number.isSafeInteger(needed)) {
    throw refuse(`the shape ${formatShape(shape)} has more bytes than can be counted`);
  }
  if (needed > fileSize - end) {
    const [first] = element.fields;
    const what = first?.name === '' ? first.typeName : `records of ${element.bytes} bytes`;
    throw refusal(
      `the header says ${formatShape(shape)} ${what}, which takes ${needed} bytes; ${fileSize - end} follow`,
      fileSize,
      {
        advice: 'The file may be cut short; save or copy it again.',
      },
    );
  }
  const strides = elementStrides(shape, isFortranOrder).map((stride) => stride * element.bytes);
  return { element, shape, strides, dataOffset: end, trailingBytes: fileSize - end - needed };
}

/** Where the text of the header starts and ends. */
function headerExtent(bytes: Uint8Array, fileSize: number): { version: number; start: number; end: number } {
  if (fileSize === 0) {
    throw refusal('the file is empty', 0);
  }
  if (magic.some((byte, i) => i < bytes.length && bytes[i] !== byte)) {
    throw refusal('the file does not begin with \\x93NUMPY', 0);
  }
  const version = bytes[6];
  const start = version === 1 ? 10 : 12;
  if (fileSize < start) {
    throw refusal(`the file ends after ${fileSize} bytes, within its header`, fileSize);
  }
  if (version < 1 || version > 3) {
    throw refusal(`the version is ${version}.${bytes[7]}; versions 1, 2 and 3 are read`, 6);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  if (start + length > fileSize) {
    throw refusal(`the header takes ${length} bytes, ${fileSize - start} follow`, 8, {
      advice: 'The file may be cut short; save or copy it again.',
    });
  }
  if (length > maxHeaderBytes) {
    throw new LimitError(`npy: the header takes ${length} bytes; at most ${maxHeaderBytes} are read.`);
  }
  return { version, start, end: start + length };
}

function parseHeader(bytes: Uint8Array, version: number, start: number): Map<string, PythonLiteral> {
  // Versions 1 and 2 are Latin-1, a character a byte; what the web calls latin1 differs from it above 0x7f.
  const text =
    version === 3 ? decodeUtf8(bytes, start) : Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  if (text.trim() === '') {
    throw refusal('the header is empty', start);
  }
  let header: PythonLiteral;
  try {
    header = parsePythonLiteral(text);
  } catch (error) {
    if (error instanceof PythonLiteralError) {
      const before = text.slice(0, error.position);
      const position = version === 3 ? new TextEncoder().encode(before).length : before.length;
      throw refusal(`the header is not a plain literal: it ${error.message}`, start + position, { cause: error });
    }
    throw error;
  }
  if (!(header instanceof Map)) {
    throw refusal('the header is not a dict', start);
  }
  return header;
}

function decodeUtf8(bytes: Uint8Array, start: number): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw refusal('the header is not valid UTF-8', start, { cause });
  }
}

function elementStrides(shape: Shape, isFortranOrder: boolean): readonly number[] {
  return isFortranOrder ? cOrderStrides(shape.toReversed()).reverse() : cOrderStrides(shape);
}

function refusal(reason: string, byteOffset: number, options?: { advice?: string; cause?: unknown }): FormatError {
  return new FormatError('npy', reason, byteOffset, options);
}
