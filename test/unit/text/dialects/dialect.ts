import fc from 'fast-check';
import type { DType } from '../../../../src/tensor/dtype';
import { elementCount } from '../../../../src/tensor/shape';

/** A tensor as a language or a library writes it, with the text that it puts around the array. */
export interface Written {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly before: string;
  /** The array, from its first character to its last. */
  readonly text: string;
  readonly after: string;
  /** The element type that the text tells. */
  readonly dtype?: DType;
}

/** Ways to write numbers down, each of which must give the same number back. */
export interface Numbers {
  readonly values: fc.Arbitrary<number>;
  readonly write: (value: number) => string;
}

/** A tensor of a shape between two numbers of axes, and of up to three elements along each. */
export function tensorOf(
  values: fc.Arbitrary<number>,
  { minAxes = 1, maxAxes = 4, minLength = 1 }: { minAxes?: number; maxAxes?: number; minLength?: number } = {},
): fc.Arbitrary<{ shape: number[]; values: number[] }> {
  return fc.array(fc.integer({ min: minLength, max: 3 }), { minLength: minAxes, maxLength: maxAxes }).chain((shape) =>
    fc.record({
      shape: fc.constant(shape),
      values: fc.array(values, { minLength: elementCount(shape), maxLength: elementCount(shape) }),
    }),
  );
}

/** The shortest digits that give a float64 back, with the sign of a zero. */
export function digits(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The shortest digits with a decimal point or an exponent, as languages want them that know integers apart. */
export function floatDigits(value: number): string {
  const text = digits(value);
  return /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** Writes numbers with names for those that have no digits. */
export function named(
  write: (value: number) => string,
  names: { nan: string; inf: string; negativeInf?: string },
): (value: number) => string {
  return (value) => {
    if (Number.isFinite(value)) {
      return write(value);
    }
    return Number.isNaN(value) ? names.nan : value > 0 ? names.inf : (names.negativeInf ?? `-${names.inf}`);
  };
}

/** Brackets inside brackets: the outer axes are joined by `join`, which gets the parts and their shape. */
export function nested<T>(
  shape: readonly number[],
  values: readonly T[],
  join: (parts: readonly (T | string)[], shape: readonly number[]) => string,
): string {
  const [length, ...rest] = shape;
  const size = values.length / length;
  const parts =
    rest.length === 0
      ? values
      : Array.from({ length }, (_, i) => nested(rest, values.slice(i * size, (i + 1) * size), join));
  return join(parts, shape);
}
