/**
 * Parses JSON like `JSON.parse`, which silently keeps the last of several equal keys; here they are refused.
 *
 * @throws SyntaxError if the text is not JSON, or an object in it has a key twice
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  // From here on the text is known to be JSON, so quotes and brackets can be trusted.
  const open: Set<string>[] = [];
  for (let at = 0; at < text.length; at++) {
    switch (text[at]) {
      case '{':
      case '[':
        open.push(new Set());
        break;
      case '}':
      case ']':
        open.pop();
        break;
      case '"': {
        const end = stringEnd(text, at);
        if (isFollowedByColon(text, end)) {
          const key = JSON.parse(text.slice(at, end)) as string;
          if (open.at(-1)!.has(key)) {
            throw new SyntaxError(`key ${JSON.stringify(key)} stands twice in one object`);
          }
          open.at(-1)!.add(key);
        }
        at = end - 1;
      }
    }
  }
  return value;
}

/** Position behind the closing quote of the string that opens at `start`. */
function stringEnd(text: string, start: number): number {
  let at = start + 1;
  while (text[at] !== '"') {
    at += text[at] === '\\' ? 2 : 1;
  }
  return at + 1;
}

function isFollowedByColon(text: string, at: number): boolean {
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') {
    at++;
  }
  return text[at] === ':';
}
