/** Strings, which are kept as they are, and the numbers that JSON has no words for. */
const stringsAndSpecials = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

const specials = new Map([
  ['NaN', NaN],
  ['Infinity', Infinity],
  ['-Infinity', -Infinity],
]);

/**
 * Parses JSON, also such as Python's json module writes, with bare NaN, Infinity and -Infinity. These come back as strings,
 * which is how others write them; `numberOf` takes both.
 *
 * @throws SyntaxError if the text is not JSON
 */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const quoted = text.replace(stringsAndSpecials, (match) => (match.startsWith('"') ? match : `"${match}"`));
    if (quoted.length === text.length) {
      throw error;
    }
    return JSON.parse(quoted);
  }
}

/** The number that a value of JSON stands for: null is NaN, as JSON.stringify writes it, and true is 1. */
export function numberOf(value: unknown): number | undefined {
  switch (typeof value) {
    case 'number':
      return value;
    case 'boolean':
      return value ? 1 : 0;
    case 'string':
      return specials.get(value);
    default:
      return value === null ? NaN : undefined;
  }
}

/** Whether a value of JSON is an object with keys. */
export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
