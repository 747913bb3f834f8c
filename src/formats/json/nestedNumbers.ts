import { FormatError } from '../../tensor/errors';
import type { Shape } from '../../tensor/shape';
import { quote } from '../quote';
import { numberOf } from './parseJson';

/** More lists inside lists than NumPy (64) has axes. */
export const maxDepth = 64;

/** Numbers in nested lists. */
export interface NestedNumbers {
  readonly shape: Shape;
  /** Flat, C order. */
  readonly values: number[];
  /** Whether every one of them is true or false. */
  readonly areBooleans: boolean;
  /** How many are null, which is read as NaN. */
  readonly nulls: number;
}

/**
 * Takes nested lists of numbers for an array; a single number is one of shape ().
 *
 * @param subject what the messages call it, as in `"blocks.0.mean"`
 * @throws FormatError if the lists are ragged, nested too deeply, or hold something else than numbers; the message gives the
 *   indices of the element at fault
 */
export function nestedNumbers(value: unknown, subject: string): NestedNumbers {
  const shape = shapeOf(value, subject);
  const values: number[] = [];
  let booleans = 0;
  let nulls = 0;
  const path: number[] = [];
  const visit = (item: unknown, depth: number): void => {
    if (depth < shape.length) {
      if (!Array.isArray(item)) {
        throw fault(subject, path, `is ${kindOf(item)}, expected a list of ${shape[depth]}`);
      }
      if (item.length !== shape[depth]) {
        throw fault(subject, path, `has ${item.length} elements, expected ${shape[depth]}`);
      }
      for (let i = 0; i < item.length; i++) {
        path[depth] = i;
        visit(item[i], depth + 1);
      }
      path.length = depth;
      return;
    }
    const number = numberOf(item);
    if (number === undefined) {
      throw fault(subject, path, `is ${kindOf(item)}, expected a number`);
    }
    booleans += typeof item === 'boolean' ? 1 : 0;
    nulls += item === null ? 1 : 0;
    values.push(number);
  };
  visit(value, 0);
  return { shape, values, areBooleans: booleans > 0 && booleans === values.length, nulls };
}

/** Lengths of the first list on every level. */
function shapeOf(value: unknown, subject: string): Shape {
  const shape: number[] = [];
  for (let item = value; Array.isArray(item); item = item[0] as unknown) {
    shape.push(item.length);
    if (shape.length > maxDepth) {
      throw new FormatError('json', `${subject} is nested too deeply: at most ${maxDepth} lists inside lists are read`);
    }
  }
  return shape;
}

function fault(subject: string, path: readonly number[], reason: string): FormatError {
  return new FormatError(
    'json',
    `${path.length === 0 ? subject : `element ${path.join('.')} of ${subject}`} ${reason}`,
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) {
    return 'a list';
  }
  if (typeof value === 'string') {
    return `the text ${quote(value)}`;
  }
  return typeof value === 'object' && value !== null ? 'an object' : String(value);
}
