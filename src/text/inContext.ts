import type { ArrayLiteral } from './arrayLiteral';
import { isOpener } from './brackets';
import { callAround } from './callAround';
import { leftOutBefore } from './elision';
import { codeAt } from './characters';
import { elementType, typeBefore } from './elementType';
import { printedAround } from './printedAround';
import { printedResolution } from './printedResolution';
import { printerOf } from './printer';
import { roundedIntegers } from './roundedIntegers';
import { shapeIn } from './shapeArgument';
import type { Shape } from '../tensor/shape';

/**
 * An array with what the text around it tells: its element type, the factor that its numbers are printed without, how far
 * they were rounded in print, and the shape of the whole where only a part is shown.
 *
 * @param text    the whole text
 * @param literal what was read between the array's own brackets
 */
export function inContext(text: string, literal: ArrayLiteral): ArrayLiteral {
  const { start, end, values, truncated } = literal;
  const call = callAround(text, start, end);
  const printer = printerOf(text, start, call);
  const lines = printedAround(text, start, end);
  const factor = call?.factor ?? (isOpener(codeAt(text, start)) ? 1 : lines.factor);
  const dtype =
    (call && elementType(call, text.slice(start, end), printer)) ??
    lines.dtype ??
    typeBefore(text, start) ??
    literal.dtype;
  const step = printer && printedResolution(text, literal, printer);
  const rounded = roundedIntegers(text, literal);
  const statedShape = truncated && ((call && shapeIn(call.otherArguments)) ?? shapeWithRest(text, literal));
  return {
    ...literal,
    values: factor === 1 ? values : values.map((value) => value * factor),
    ...(dtype && { dtype }),
    ...(step !== undefined && { resolution: step * factor }),
    ...(rounded !== undefined && { notes: [...(literal.notes ?? []), rounded] }),
    ...(statedShape && { truncated: { statedShape } }),
  };
}

/** The shape of a vector together with what its end says it leaves out; of a matrix, rows and columns may be cut. */
function shapeWithRest(text: string, { end, shape }: ArrayLiteral): Shape | undefined {
  const rest = shape.length === 1 ? leftOutBefore(text, end) : undefined;
  return rest === undefined ? undefined : [shape[0] + rest];
}
