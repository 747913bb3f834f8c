/**
 * A message as it survives the way to a webview, which JSON makes: NaN and infinities, which JSON turns into null, become
 * `{ nonFinite: "NaN" }`. Typed arrays pass as they are; one that sees a part of a buffer only is copied, because the whole
 * buffer would travel.
 */
export function toWire(value: unknown): unknown {
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : { nonFinite: String(value) };
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  if (ArrayBuffer.isView(value)) {
    return value.byteLength < value.buffer.byteLength ? (value as Float64Array).slice() : value;
  }
  return Array.isArray(value)
    ? value.map(toWire)
    : Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, toWire(entry)]));
}
