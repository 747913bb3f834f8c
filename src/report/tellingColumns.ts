import type { ViewTable } from './viewReport';

/** A table without those of some columns that say the same in every row: they take width and tell nothing apart. */
export function tellingColumns(table: ViewTable, dispensable: readonly string[]): ViewTable {
  const { columns, rows } = table;
  const tells = (c: number) => !dispensable.includes(columns[c]) || rows.some((row) => row[c] !== rows[0][c]);
  return {
    ...table,
    columns: columns.filter((_, c) => tells(c)),
    rows: rows.map((row) => row.filter((_, c) => tells(c))),
  };
}
