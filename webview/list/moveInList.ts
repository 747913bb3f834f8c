import type { ListRow } from './listRows';

/**
 * What a key does in the list, as in the editor's own trees: the index of the line to go to, `toggle` to fold or unfold
 * the line, or undefined for a key that does neither.
 *
 * @param page lines that one page of the list has
 */
export function moveInList(
  rows: readonly ListRow[],
  index: number,
  key: string,
  page: number,
): number | 'toggle' | undefined {
  const { level, expanded } = rows[index];
  const last = rows.length - 1;
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, index + 1);
    case 'ArrowUp':
      return Math.max(0, index - 1);
    case 'PageDown':
      return Math.min(last, index + page);
    case 'PageUp':
      return Math.max(0, index - page);
    case 'Home':
      return 0;
    case 'End':
      return last;
    case 'ArrowLeft':
      return expanded ? 'toggle' : parentOf(rows, index, level);
    case 'ArrowRight':
      return expanded === undefined ? undefined : expanded ? Math.min(last, index + 1) : 'toggle';
    default:
      return undefined;
  }
}

function parentOf(rows: readonly ListRow[], index: number, level: number): number {
  const parent = rows.slice(0, index).findLastIndex((row) => row.level < level);
  return parent < 0 ? index : parent;
}
