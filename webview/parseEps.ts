/**
 * Reads ε as a person types it: 1e-5, 1E-05, .00001, 0.
 *
 * @returns the number, or undefined if the text is no finite number of at least 0
 */
export function parseEps(text: string): number | undefined {
  const trimmed = text.trim();
  // Number() also takes "", "0x10" and "Infinity", which nobody means by an ε.
  const eps = /^\+?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(trimmed) ? Number(trimmed) : NaN;
  return Number.isFinite(eps) ? eps : undefined;
}
