import { LiteralError } from '../tensor/errors';
import { formatShape } from '../tensor/shape';
import type { ArrayLiteral, LiteralLimits } from './arrayLiteral';
import { readColumnBlocks } from './columnBlocks';
import { printedAround } from './printedAround';
import { tryRead } from './refusal';
import { readRowLines } from './rowLines';
import { tableNumbers } from './tables';

/** What stands above each page: `ans(:,:,1) =` in MATLAB and Octave, `[:, :, 1] =` in Julia, `, , 1` in R; LibTorch's `(1,.,.) =`. */
const page = String.raw`[^\S\n]*(?:(?:\w+\(|\[):, ?:, ?(\d+(?:, ?\d+)*)[\])] =|, , (\d+(?:, \d+)*)|\((\d+(?: ?,\d+)*) ?,\.,\.\) =)[^\S\n]*$`;
const heading = new RegExp(`^${page}`, 'gm');
/** What stands above the first: the name of the array, or what it is. */
const opening = new RegExp(String.raw`\s*(?:[A-Za-z_]\w* =\s*|[^\n]*\bArray\{[^\n]*:\s*)?(?=${page})`, 'my');

/**
 * Reads an array of three axes or more, which is printed a page at a time. Of what is read the pages are the first axes, as in
 * LibTorch, since rows must stay rows of the text; elsewhere its first two axes are the rows and columns, the last ones the pages.
 *
 * @param text  ends where the last page does
 * @param start where the array does
 * @returns undefined if no such array stands there
 * @throws  LiteralError if a page is no matrix, or not of the size or the number that it should be of
 */
export function readPages(text: string, start: number, limits: LiteralLimits): ArrayLiteral | undefined {
  opening.lastIndex = start;
  if (!opening.test(text)) {
    return undefined;
  }
  const from = opening.lastIndex;
  const headings = Array.from(text.slice(from).matchAll(heading), (match) => ({
    start: from + match.index,
    end: from + match.index + match[0].length,
    // LibTorch counts the last axis fastest.
    index: match[3]?.split(',').map(Number).toReversed() ?? (match[1] ?? match[2]).split(',').map(Number),
  }));
  if (headings.length === 0) {
    return undefined;
  }
  const pages = headings.map(({ end }, i) => readPage(text.slice(0, headings.at(i + 1)?.start), end, limits));
  const [base] = headings[0].index;
  const counts = headings[headings.length - 1].index.map((last) => last - base + 1);
  const [{ shape }] = pages;
  headings.forEach((head, i) => {
    if (head.index.join() !== indexOf(i, counts, base).join() || pages[i].shape.join() !== shape.join()) {
      const reason = `Page ${formatShape(head.index)} is of shape ${formatShape(pages[i].shape)}; page ${formatShape(indexOf(i, counts, base))} of shape ${formatShape(shape)} should stand here.`;
      throw new LiteralError('ragged', reason, head.start, head.end);
    }
  });
  if (counts.reduce((product, count) => product * count, 1) !== pages.length) {
    const reason = `There are ${pages.length} pages; by the number of the last one they should be of shape ${formatShape(counts)}.`;
    throw new LiteralError('ragged', reason, from, headings[0].end);
  }
  const [{ values, rowOffsets }] = pages;
  const whole = {
    values: new Float64Array(pages.length * values.length),
    rowOffsets: new Uint32Array(pages.length * rowOffsets.length),
  };
  pages.forEach((page, i) => {
    whole.values.set(page.values, i * values.length);
    whole.rowOffsets.set(page.rowOffsets, i * rowOffsets.length);
  });
  return {
    start: headings[0].start,
    end: pages[pages.length - 1].end,
    shape: [...counts.toReversed(), ...shape],
    ...whole,
    notes: ['The pages are the first axis, the rows and columns of each the last two.'],
    ...(pages.some(({ truncated }) => truncated) && { truncated: {} }),
  };
}

/** The number of the i-th page along each axis: the first counts fastest, from 1 or, in Python, from 0. */
function indexOf(i: number, counts: readonly number[], base: number): number[] {
  return counts.map((count) => {
    const number = (i % count) + base;
    i = Math.floor(i / count);
    return number;
  });
}

/** The matrix between two headings, which R prints as a table. */
function readPage(text: string, start: number, limits: LiteralLimits): ArrayLiteral {
  const lines = tryRead(() => readColumnBlocks(text, start, limits) ?? readRowLines(text, start, limits));
  const table = lines instanceof LiteralError ? tableNumbers(text, start) : undefined;
  const page = table?.array ? { ...table.array, truncated: table.truncated } : lines;
  if (page instanceof LiteralError) {
    throw page;
  }
  const { factor } = printedAround(text, page.start, page.end);
  return { ...page, values: page.values.map((value) => value * factor) };
}
