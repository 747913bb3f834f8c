/** Brings NaN and infinities back, which the host writes as `{ nonFinite: "NaN" }`, since JSON has no word for them. */
export function fromWire(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) {
    return value;
  }
  if ('nonFinite' in value) {
    return Number(value.nonFinite);
  }
  return Array.isArray(value)
    ? value.map(fromWire)
    : Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, fromWire(entry)]));
}
