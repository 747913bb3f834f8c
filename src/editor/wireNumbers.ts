/**
 * A message as it survives the way to a webview, which JSON makes: NaN and infinities, which JSON turns into null, become
 * `{ nonFinite: "NaN" }`. Typed arrays pass as they are.
 */
export function toWire(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : { nonFinite: String(value) };
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    return value;
  }
  return Array.isArray(value)
    ? value.map(toWire)
    : Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry)]));
}
