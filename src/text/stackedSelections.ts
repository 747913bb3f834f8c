import { LiteralError } from '../tensor/errors';
import { counted } from '../tensor/formatCount';
import { formatShape } from '../tensor/shape';
import { defaultLimits, type ArrayLiteral, type LiteralLimits } from './arrayLiteral';
import { literalIn } from './literals';
import { NumberScanner } from './numberScanner';
import { skipTrivia } from './trivia';

/**
 * Several selections as one array: each is a row of a matrix, as in a rectangular selection; arrays of one shape are
 * stacked; single numbers, as in a selected column, make one row together.
 *
 * @param ranges start and end of every selection, in the order of the text; two or more
 * @throws LiteralError if one holds no array, or one of another shape than the first; LimitError if they are too long
 */
export function stackedSelections(
  text: string,
  ranges: readonly (readonly [start: number, end: number])[],
  limits: Partial<LiteralLimits> = {},
): ArrayLiteral {
  const maxLength = limits.maxLength ?? defaultLimits.maxLength;
  let left = maxLength;
  const numbers = ranges.map(([start, end]) => singleNumber(text, start, end));
  const pieces: ArrayLiteral[] = [];
  for (const [i, [start, end]] of ranges.entries()) {
    const piece = numbers[i] ?? literalIn(text, start, end, { ...limits, maxLength: left });
    left -= end - start;
    const first = pieces[0] ?? piece;
    if (piece.shape.join() !== first.shape.join()) {
      throw new LiteralError(
        'ragged',
        `This selection holds ${described(piece)}, the first holds ${described(first)}: each is a row of one matrix.`,
        start,
        end,
      );
    }
    pieces.push(piece);
  }
  const start = pieces[0].start;
  const end = pieces[pieces.length - 1].end;
  const values = new Float64Array(pieces.length * pieces[0].values.length);
  pieces.forEach((piece, i) => values.set(piece.values, i * piece.values.length));
  if (pieces[0].shape.length === 0) {
    return { start, end, shape: [pieces.length], values, rowOffsets: Uint32Array.of(start, end) };
  }
  const rowOffsets = new Uint32Array(pieces.length * pieces[0].rowOffsets.length);
  pieces.forEach((piece, i) => rowOffsets.set(piece.rowOffsets, i * piece.rowOffsets.length));
  const isTruncated = pieces.some(({ truncated }) => truncated);
  return {
    start,
    end,
    shape: [pieces.length, ...pieces[0].shape],
    values,
    rowOffsets,
    ...(isTruncated && { truncated: {} }),
  };
}

/** A selection that holds nothing but one number, as an array without axes. */
function singleNumber(text: string, start: number, end: number): ArrayLiteral | undefined {
  const selected = text.slice(0, end);
  const first = skipTrivia(selected, start);
  const numbers = new NumberScanner(selected);
  const last = numbers.read(first);
  const rest = skipTrivia(selected, last);
  if (last === first || (rest < end && (selected[rest] !== ',' || skipTrivia(selected, rest + 1) < end))) {
    return undefined;
  }
  return {
    start: first,
    end: last,
    shape: [],
    values: Float64Array.of(numbers.value),
    rowOffsets: Uint32Array.of(first, last),
  };
}

function described({ shape, values }: ArrayLiteral): string {
  return shape.length > 1 ? `an array ${formatShape(shape)}` : counted(values.length, 'number');
}
