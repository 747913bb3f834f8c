import type { Shape } from '../tensor/shape';

/** What stands before a shape: a keyword, Rust's strides, Polars' and candle's headings, a function that makes an array of it. */
const before =
  /\b(?:(?:shape|size|strides)\s*=|shape: ?|Tensor\[|(?:zeros|ones|empty|full|rand|randn|reshape|view)\()\s*$/;
const stated = /\bshape=\((\d+(?:, ?\d+)*),?\)/;

/** Whether the brackets that start at an offset are the shape of another array, as in `array([0, …, 9], shape=(1000,))`. */
export function isShapeArgument(text: string, start: number): boolean {
  return before.test(text.slice(Math.max(0, start - 16), start));
}

/** The shape that the arguments after an array state; undefined if they state none. */
export function shapeIn(otherArguments: string): Shape | undefined {
  return stated.exec(otherArguments)?.[1].split(',').map(Number);
}
