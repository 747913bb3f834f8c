import { momentsOf } from '../norm/moments';
import { elementCount, formatShape } from '../tensor/shape';
import type { ArrayLiteral } from '../text/arrayLiteral';
import { formatCount } from '../tensor/formatCount';
import { formatNumber } from '../tensor/formatNumber';
import { rowMoments } from './rowMoments';
import { statsOf } from './tensorStats';

/** Rows that the hover lists: so many that the sentence of a marked row, which VS Code adds below, is seen without scrolling. */
const listedRows = 3;
/** Markdown tables of a hover have no padding between columns. */
const gap = '&emsp;';

/**
 * The numbers of an array as Markdown tables: the headline numbers of all of it, then mean and variance of its first
 * rows. Of an array that is printed in part there are only the headline numbers of that part.
 *
 * @param links Markdown to stand beside the heading, where it is seen without scrolling
 * @returns undefined for arrays of fewer than 2 numbers, of which there is nothing to say
 */
export function hoverMarkdown(
  { shape, values, truncated, notes = [] }: ArrayLiteral,
  links: string,
): string | undefined {
  if (values.length < 2) {
    return undefined;
  }
  const cols = shape.at(-1)!;
  const rows = elementCount(shape.slice(0, -1));
  const stats = statsOf(momentsOf(values));
  const infinite = stats.posInf + stats.negInf;
  const count = `${formatCount(values.length)} numbers`;
  const lines = [
    truncated
      ? `**Array${truncated.statedShape ? ` ${formatShape(truncated.statedShape)}` : ''}, cut off** · of the ${count} shown:`
      : `**Array ${formatShape(shape)}** · ${count} · ${links}`,
    '',
    table(
      ['min', 'max', 'mean', 'variance (÷N)', 'RMS', 'NaN', 'Inf'],
      [[stats.min, stats.max, stats.mean, stats.variance, stats.rms, stats.nan, infinite].map(formatNumber)],
    ),
  ];
  if (rows > 1 && !truncated) {
    const listed = Math.min(rows, listedRows);
    const { mean, variance } = rowMoments(values, { rows: listed, cols });
    lines.push(
      '',
      table(
        ['row', 'mean', 'variance (÷N)'],
        [
          ...Array.from(mean, (_, row) => [String(row), formatNumber(mean[row]), formatNumber(variance[row])]),
          ...(rows > listed ? [['…', `${formatCount(rows - listed)} more`, '']] : []),
        ],
      ),
    );
  }
  lines.push(...notes.flatMap((note) => ['', escaped(note)]));
  return lines.join('\n');
}

/** Text of the document in a note must not turn into links or formatting. */
function escaped(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!<>|&~]/g, '\\$&');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(` | ${gap}`)} |`;
  return [line(header), `|${'---:|'.repeat(header.length)}`, ...rows.map(line)].join('\n');
}
