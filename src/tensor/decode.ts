import { swapToHost } from './byteOrder';
import { dtypes, type DType, type Values } from './dtype';
import { float16, float8E4m3fn, float8E5m2, smallFloatTable } from './smallFloat';

// Made on first use: most sessions meet one narrow format or none, and activation should not pay for the 65,536 of float16.
const tables = new Map<DType, Float32Array>();

/**
 * Turns the bytes of a file into values, exactly: narrow floats widen without rounding, bool is 0 or 1 (any byte but 0 is
 * true), complex stays (re, im) pairs.
 *
 * @param bytes        whole elements in order; they need not be aligned, and are not kept
 * @param littleEndian byte order of the file; complex swaps each part on its own
 * @throws RangeError if `bytes` is not a whole number of elements
 */
export function decodeValues(bytes: Uint8Array, dtype: DType, littleEndian: boolean): Values {
  const { bytes: elementBytes, kind } = dtypes[dtype];
  if (bytes.length % elementBytes !== 0) {
    throw new RangeError(`${bytes.length} bytes are not a whole number of ${dtype} values of ${elementBytes} bytes.`);
  }
  switch (dtype) {
    case 'bool':
      return truths(bytes);
    case 'float8_e4m3fn':
    case 'float8_e5m2':
      return lookUp(bytes, dtype);
    case 'float16':
      return lookUp(new Uint16Array(swapToHost(bytes, 2, littleEndian).buffer), dtype);
    case 'bfloat16':
      return widenBfloat16(new Uint16Array(swapToHost(bytes, 2, littleEndian).buffer));
    default: {
      const wordBytes = kind === 'complex' ? elementBytes / 2 : elementBytes;
      return new dtypes[dtype].array(swapToHost(bytes, wordBytes, littleEndian).buffer);
    }
  }
}

function truths(bytes: Uint8Array): Uint8Array {
  const values = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) {
    values[i] = bytes[i] === 0 ? 0 : 1;
  }
  return values;
}

/** bfloat16 is the upper half of a float32. */
function widenBfloat16(codes: Uint16Array): Float32Array {
  const bits = new Uint32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    bits[i] = codes[i] << 16;
  }
  return new Float32Array(bits.buffer);
}

function lookUp(codes: Uint8Array | Uint16Array, dtype: 'float16' | 'float8_e4m3fn' | 'float8_e5m2'): Float32Array {
  const format = { float16, float8_e4m3fn: float8E4m3fn, float8_e5m2: float8E5m2 }[dtype];
  const table = tables.get(dtype) ?? smallFloatTable(format);
  tables.set(dtype, table);
  const values = new Float32Array(codes.length);
  for (let i = 0; i < codes.length; i++) {
    values[i] = table[codes[i]];
  }
  return values;
}
