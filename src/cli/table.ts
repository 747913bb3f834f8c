import { oneLine } from '../formats/quote';

/** Columns of text aligned by spaces: those of numbers to the right, those of words to the left. */
export function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map((line) => line.map(oneLine));
  const columns = header.map((_, column) => {
    const cells = lines.map((line) => line[column]);
    return {
      width: cells.reduce((width, cell) => Math.max(width, cell.length), 0),
      isWords: cells.slice(1).some(isWord),
    };
  });
  return lines
    .map((line) =>
      line
        .map((cell, i) => (columns[i].isWords ? cell.padEnd(columns[i].width) : cell.padStart(columns[i].width)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function isWord(cell: string): boolean {
  return !['', '?', 'NaN', '+Inf', '-Inf'].includes(cell) && Number.isNaN(Number(cell.replace(/ %$/, '')));
}
