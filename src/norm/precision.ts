import type { DType } from '../tensor/dtype';
import { floatDtypeOf, largestOf, smallFloats, type SmallFloatDtype } from '../tensor/roundFloat';
import { toFloat64, type Tensor } from '../tensor/tensor';

/** How finely a number format resolves. */
export interface Precision {
  /** Unit roundoff: the largest relative error of rounding a number to the format. */
  readonly unit: number;
  /** Distance of its smallest numbers: what rounding errs by at most where a number underflows. */
  readonly quantum: number;
}

const float64: Precision = { unit: 2 ** -53, quantum: 0 };
const float32: Precision = { unit: 2 ** -24, quantum: 2 ** -149 };
const float16: Precision = { unit: 2 ** -11, quantum: 2 ** -24 };
const bfloat16: Precision = { unit: 2 ** -8, quantum: 2 ** -133 };

const precisions: Partial<Record<DType, Precision>> = {
  float32,
  float16,
  bfloat16,
  float8_e4m3fn: { unit: 2 ** -4, quantum: 2 ** -9 },
  float8_e5m2: { unit: 2 ** -3, quantum: 2 ** -16 },
};

/** The largest finite number of a dtype; float64's for those that do not round. */
export function largestFinite(dtype: DType): number {
  const format = floatDtypeOf(dtype);
  return format === 'float64'
    ? Number.MAX_VALUE
    : format === 'float32'
      ? (2 - 2 ** -23) * 2 ** 127
      : largestOf(smallFloats[format]);
}

/** The format narrower than float32 whose precision it is; undefined for wider ones, and for numbers as someone printed them. */
export function narrowFormatOf({ unit, quantum }: Precision): SmallFloatDtype | undefined {
  return narrowFormats.find((dtype) => precisions[dtype]!.unit === unit && precisions[dtype]!.quantum === quantum);
}

/** Unit roundoff of a dtype; float64's for those that do not round. Of complex ones that of their parts. */
export function unitOf(dtype: DType): number {
  return (precisions[dtype === 'complex64' ? 'float32' : dtype] ?? float64).unit;
}

const narrowFormats = Object.keys(smallFloats) as SmallFloatDtype[];

/** Fewer numbers than this may have few digits because someone chose round ones. */
const minValues = 16;

/**
 * The precision that a tensor's numbers really have: that of its dtype, or a coarser one that every number fits in. NumPy
 * has no bfloat16 and JSON no float32, so that what was computed in them is often saved in a wider format. What was printed
 * may be off by a step of its last decimal: half of it from the print, the rest from the float32 that it printed.
 */
export function precisionOf(tensor: Tensor): Precision {
  const ofDtype = precisions[tensor.dtype] ?? float64;
  const stated = { ...ofDtype, quantum: Math.max(ofDtype.quantum, tensor.resolution ?? 0) };
  const values = toFloat64(tensor);
  const coarser = [bfloat16, float16, float32].find(({ unit }) => unit > stated.unit && fits(values, unit));
  return coarser ? { unit: coarser.unit, quantum: Math.max(coarser.quantum, stated.quantum) } : stated;
}

/**
 * True if each number, of `minValues` and more that are finite and not zero, keeps its value when rounded to the unit roundoff
 * (by Veltkamp's splitting).
 */
function fits(values: Float64Array, unit: number): boolean {
  const factor = 2 ** 53 * unit + 1;
  let count = 0;
  for (const value of values) {
    if (value !== 0 && Number.isFinite(value)) {
      const spread = value * factor;
      if (spread - (spread - value) !== value) {
        return false;
      }
      count++;
    }
  }
  return count >= minValues;
}
