/** The beginnings of names that are looked at; a beginning ends where a part of a name does. */
const maxNames = 200;

/**
 * The beginning of names that stands for another one in the reference, as "model." for nothing, or "h." for "layers.".
 *
 * @param missing names that the reference alone has
 * @param extra   names that the dump on trial alone has
 * @returns       undefined unless it would match half of the missing names at least
 */
export function suggestedRename(
  missing: readonly string[],
  extra: readonly string[],
): readonly [from: string, to: string] | undefined {
  const wanted = new Set(missing);
  const ends = new Map(missing.flatMap((name) => endsOf(name).map((end) => [end, name] as const)));
  const counts = new Map<string, number>();
  for (const name of extra.slice(0, maxNames)) {
    // The longest common end leaves the shortest beginnings.
    const end = endsOf(name).find((candidate) => ends.has(candidate));
    if (end !== undefined) {
      const partner = ends.get(end)!;
      const pair = JSON.stringify([name, partner].map((whole) => whole.slice(0, whole.length - end.length)));
      counts.set(pair, (counts.get(pair) ?? 0) + 1);
    }
  }
  const [pair] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  if (pair === undefined) {
    return undefined;
  }
  const [from, to] = JSON.parse(pair) as [string, string];
  const matched = extra.filter((name) => name.startsWith(from) && wanted.has(to + name.slice(from.length)));
  return 2 * matched.length >= missing.length ? [from, to] : undefined;
}

/** The name and what is left of it after each part, longest first. */
function endsOf(name: string): string[] {
  return [name, ...[...name.matchAll(/[./]/g)].map(({ index }) => name.slice(index + 1))];
}
