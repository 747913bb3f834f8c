import type { Shape } from '../tensor/shape';

const before = /\b(?:shape|size)\s*=\s*$/;
const stated = /\bshape=\((\d+(?:, ?\d+)*),?\)/;

/** Whether the brackets that start at an offset are the shape of another array, as in `array([0, …, 9], shape=(1000,))`. */
export function isShapeArgument(text: string, start: number): boolean {
  return before.test(text.slice(Math.max(0, start - 16), start));
}

/** The shape that the arguments after an array state; undefined if they state none. */
export function shapeIn(otherArguments: string): Shape | undefined {
  return stated.exec(otherArguments)?.[1].split(',').map(Number);
}
