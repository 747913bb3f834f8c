/**
 * A question for who mistyped a name: ` Did you mean "weight"?`, with a space in front; empty if no name is near.
 *
 * Near is what differs by a third of its letters at most; case, dashes and underscores do not count.
 */
export function nearestHint(typed: string, names: readonly string[]): string {
  const plain = (name: string) => name.toLowerCase().replace(/[-_]/g, '');
  const ranked = names
    .map((name) => ({ name, distance: editDistance(plain(typed), plain(name)) }))
    .filter(({ name, distance }) => distance <= Math.max(typed.length, name.length) / 3)
    .sort((a, b) => a.distance - b.distance);
  return ranked.length === 0 ? '' : ` Did you mean "${ranked[0].name}"?`;
}

/** Letters to insert, leave out, replace or swap with their neighbour to get from one word to another. */
function editDistance(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= from.length; i++) {
    const row = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const replaced = rows[i - 1][j - 1] + (isSame ? 0 : 1);
      const swapped = isSwap ? rows[i - 2][j - 2] + 1 : Infinity;
      row.push(Math.min(rows[i - 1][j] + 1, row[j - 1] + 1, replaced, swapped));
    }
    rows.push(row);
  }
  return rows[from.length][to.length];
}
