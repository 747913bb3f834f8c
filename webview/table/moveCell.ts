/** A place in a table. */
export interface Cell {
  readonly row: number;
  readonly column: number;
}

/**
 * Where a key takes the active cell of a table: arrows by one, Page by a page, Home and End along the row, with Ctrl to
 * the first or last cell of all.
 *
 * @param page rows that are in view
 * @returns    undefined if the key moves nothing
 */
export function moveCell(
  { row, column }: Cell,
  { key, ctrlKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey'>,
  size: { rows: number; columns: number },
  page: number,
): Cell | undefined {
  const moves: Record<string, Cell> = {
    ArrowUp: { row: row - 1, column },
    ArrowDown: { row: row + 1, column },
    ArrowLeft: { row, column: column - 1 },
    ArrowRight: { row, column: column + 1 },
    PageUp: { row: row - page, column },
    PageDown: { row: row + page, column },
    Home: { row: ctrlKey ? 0 : row, column: 0 },
    End: { row: ctrlKey ? size.rows - 1 : row, column: size.columns - 1 },
  };
  if (!Object.hasOwn(moves, key)) {
    return undefined;
  }
  const moved = moves[key];
  return {
    row: Math.max(0, Math.min(size.rows - 1, moved.row)),
    column: Math.max(0, Math.min(size.columns - 1, moved.column)),
  };
}
