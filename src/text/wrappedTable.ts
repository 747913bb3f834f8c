import type { Cell, TableRow } from './tableRows';

/**
 * The rows of a table that is too wide for its lines, which pandas and R print some columns at a time, each time below
 * a header of its own and with the same labels.
 *
 * @param isData whether a row is one of numbers, not of names of columns
 * @returns the rows with all their columns, the header first; those that were given if it is no such table
 */
export function unwrapped(
  text: string,
  rows: readonly TableRow[],
  isData: (row: TableRow) => boolean,
): readonly TableRow[] {
  const blocks: TableRow[][] = [];
  rows.forEach((row, i) => {
    if (i === 0 || (!isData(row) && isData(rows[i - 1]))) {
      blocks.push([]);
    }
    blocks[blocks.length - 1].push(row);
  });
  const shown = ({ range }: Cell) => text.slice(...range);
  // pandas ends all headers but the last with a backslash.
  const namesIn = ({ cells }: TableRow) => cells.filter((cell) => shown(cell) !== '\\');
  const parts = blocks.map((block) => ({
    names: block.filter((row) => !isData(row)).flatMap(namesIn),
    data: block.filter(isData),
  }));
  const names = parts.flatMap((part) => part.names);
  const labels = parts.map(({ data }) => JSON.stringify(data.map(({ cells: [label] }) => shown(label))));
  const isWrapped =
    blocks.length > 1 &&
    parts.every((part) => part.data.every(({ cells }) => cells.length === part.names.length + 1)) &&
    labels.every((label) => label === labels[0]) &&
    new Set(names.map(shown)).size === names.length;
  if (!isWrapped) {
    return rows;
  }
  const data = parts[0].data.map((_, i) => parts.map((part) => part.data[i]));
  return [
    { cells: names, hasCut: rows.some(({ hasCut }) => hasCut) },
    ...data.map((lines) => ({
      cells: lines.flatMap(({ cells }, block) => cells.slice(block === 0 ? 0 : 1)),
      hasCut: false,
    })),
  ];
}
