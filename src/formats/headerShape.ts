import { elementCount, formatShape, type Shape } from '../tensor/shape';
import { quote } from './quote';

/** More axes than NumPy (64) or any other writer makes. */
const maxRank = 64;

/** Rows of no values that a file may claim: of these its size cannot tell whether they are real. */
const maxEmptyRows = 2 ** 24;

/**
 * Takes the shape that a file's header gives, if it is one.
 *
 * @param value  what the header says
 * @param refuse makes the error from a reason that reads on after "the shape"
 * @throws the error if the value is not a list of lengths whose product can be counted exactly
 */
export function headerShape(value: unknown, refuse: (reason: string) => Error): Shape {
  if (!Array.isArray(value)) {
    throw refuse('is not a list of lengths');
  }
  const shape = value as unknown[];
  if (shape.length > maxRank) {
    throw refuse(`has ${shape.length} axes; at most ${maxRank} are read`);
  }
  if (!shape.every(isLength)) {
    const culprit = shape.find((length) => !isLength(length));
    throw refuse(
      `holds ${typeof culprit === 'number' ? culprit : quote(String(culprit))}; every length must be a whole number from 0 to 2^53`,
    );
  }
  const rows = elementCount(shape.filter((length) => length > 0));
  if (!Number.isSafeInteger(rows)) {
    throw refuse(`${formatShape(shape)} has more elements than can be counted`);
  }
  if (rows > maxEmptyRows && shape.includes(0)) {
    throw refuse(`${formatShape(shape)} has ${rows} rows without values; at most ${maxEmptyRows} are read`);
  }
  return shape;
}

function isLength(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0 && !Object.is(value, -0);
}
