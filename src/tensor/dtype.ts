/** The element types Normscope reads, named as PyTorch and NumPy name them. */
export type DType = keyof typeof dtypes;

/** Decoded values: exact for every dtype. float16, bfloat16 and float8 are held as float32; complex as (re, im) pairs. */
export type Values =
  | Float64Array
  | Float32Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

interface DTypeInfo {
  /** Bytes of one element in a file. */
  readonly bytes: number;
  readonly kind: 'float' | 'int' | 'bool' | 'complex';
  /** The array that holds decoded values. */
  readonly array: new (length: number) => Values;
}

/** What each dtype is. */
export const dtypes = {
  float64: { bytes: 8, kind: 'float', array: Float64Array },
  float32: { bytes: 4, kind: 'float', array: Float32Array },
  float16: { bytes: 2, kind: 'float', array: Float32Array },
  bfloat16: { bytes: 2, kind: 'float', array: Float32Array },
  float8_e4m3fn: { bytes: 1, kind: 'float', array: Float32Array },
  float8_e5m2: { bytes: 1, kind: 'float', array: Float32Array },
  int64: { bytes: 8, kind: 'int', array: BigInt64Array },
  int32: { bytes: 4, kind: 'int', array: Int32Array },
  int16: { bytes: 2, kind: 'int', array: Int16Array },
  int8: { bytes: 1, kind: 'int', array: Int8Array },
  uint64: { bytes: 8, kind: 'int', array: BigUint64Array },
  uint32: { bytes: 4, kind: 'int', array: Uint32Array },
  uint16: { bytes: 2, kind: 'int', array: Uint16Array },
  uint8: { bytes: 1, kind: 'int', array: Uint8Array },
  bool: { bytes: 1, kind: 'bool', array: Uint8Array },
  complex64: { bytes: 8, kind: 'complex', array: Float32Array },
  complex128: { bytes: 16, kind: 'complex', array: Float64Array },
} as const satisfies Record<string, DTypeInfo>;
