/** A whole number with commas, as in 1,024. Not by `toLocaleString`: its first call loads a library for 15 ms, in a hover. */
export function formatCount(count: number): string {
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "1 row", "1,024 rows": a number of things with its noun, whose plural ends in s. */
export function counted(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;
}
