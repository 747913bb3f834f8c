const maxLength = 80;

/** What could hide or reorder text on a screen, or break its line: controls, other spaces than the common one, no letters. */
const invisible = /\p{C}|\p{Zl}|\p{Zp}|(?! )\p{Zs}/gu;

/** A name or text from a file as messages show it: in double quotes, in one line and cut to a readable length. */
export function quote(text: string): string {
  return oneLine(JSON.stringify(text.length > maxLength ? `${text.slice(0, maxLength)}…` : text));
}

/** A text with its control and format characters written as escapes. */
export function oneLine(text: string): string {
  return text.replace(invisible, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
