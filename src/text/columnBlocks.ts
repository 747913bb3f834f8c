import { LiteralError } from '../tensor/errors';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { readRowLines } from './rowLines';

/** A name and a factor for all columns, and the heading of the first of them. */
const opening = /(?:[A-Za-z_]\w* =\s+)?(?:\d+(?:\.\d*)?(?:e[+-]?\d+)? \*\s+)?(?=Columns? \d)/y;
/** What MATLAB, Octave and LibTorch print above each block, as `Columns 1 through 8` or `Column 9:`. */
const heading = /^[^\S\n]*Columns? (\d+)(?: (?:through|to|and) (\d+))?:?/gm;

/**
 * Reads a matrix too wide for its lines, which is printed some columns at a time. The place of a row is where it
 * stands in the first block.
 *
 * @param text  ends where the last block does
 * @param start where the matrix does
 * @returns undefined if no such matrix stands there
 * @throws  LiteralError if a block is no matrix, or not of the columns and rows that it should be of
 */
export function readColumnBlocks(text: string, start: number, limits: LiteralLimits): ArrayLiteral | undefined {
  opening.lastIndex = start;
  if (!opening.test(text)) {
    return undefined;
  }
  const headings = Array.from(text.slice(opening.lastIndex).matchAll(heading), (match) => {
    const [line, first, last = first] = match;
    const from = opening.lastIndex + match.index;
    return { start: from, end: from + line.length, first: Number(first), cols: Number(last) - Number(first) + 1 };
  });
  if (headings.length === 0) {
    return undefined;
  }
  let cols = 0;
  const blocks = headings.map((head, i) => {
    const block = readRowLines(text.slice(0, headings.at(i + 1)?.start), head.end, limits);
    const rows = block.values.length / head.cols;
    if (head.first !== cols + 1 || !Number.isInteger(rows) || (rows > 1 && block.shape[0] !== rows)) {
      throw new LiteralError(
        'ragged',
        'The numbers are not those of the columns that this names.',
        head.start,
        head.end,
      );
    }
    cols += head.cols;
    return { ...block, first: head.first, cols: head.cols, rows };
  });
  const [{ rows }] = blocks;
  const values = new Float64Array(rows * cols);
  for (const block of blocks) {
    if (block.rows !== rows) {
      const reason = `Rows in these columns: ${block.rows}; in those before them: ${rows}.`;
      throw new LiteralError('ragged', reason, block.start, block.end);
    }
    for (let row = 0; row < rows; row++) {
      values.set(block.values.subarray(row * block.cols, (row + 1) * block.cols), row * cols + block.first - 1);
    }
  }
  // A block of one column is read as one row.
  const { rowOffsets } = blocks.find((block) => block.rowOffsets.length === 2 * rows) ?? {};
  return (
    rowOffsets && {
      start: headings[0].start,
      end: blocks[blocks.length - 1].end,
      shape: rows === 1 ? [cols] : [rows, cols],
      values,
      rowOffsets,
    }
  );
}
