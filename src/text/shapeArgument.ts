import type { Shape } from '../tensor/shape';

/** What stands before a shape: a keyword, Rust's strides, Polars' and candle's headings, a function that makes an array of it. */
const before =
  /\b(?:(?:shape|size|strides)\s*=|shape:? ?|Size\(|[dD]im\s*=\s*c|Tensor\[|(?:zeros|ones|empty|full|rand|randn|view)\()\s*$/;
/** The first argument of `x.reshape((2, 3))`, the second of `reshape(x, (2, 3))`. */
const reshaped = /\breshape\((?:[^\n]*,)?\s*$/;
const stated = /\bshape=\((\d+(?:, ?\d+)*),?\)/;

/** Whether the brackets that start at an offset are the shape of another array, as in `array([0, …, 9], shape=(1000,))`. */
export function isShapeArgument(text: string, start: number): boolean {
  return (
    before.test(text.slice(Math.max(0, start - 16), start)) ||
    (reshaped.test(text.slice(Math.max(0, start - 256), start)) &&
      !/^[^\n]{0,256}?[\])]\s*,\s*[[(\d]/.test(text.slice(start, start + 256)))
  );
}

/** The shape that the arguments after an array state; undefined if they state none. */
export function shapeIn(otherArguments: string): Shape | undefined {
  return stated.exec(otherArguments)?.[1].split(',').map(Number);
}
