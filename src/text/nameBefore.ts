/** Text units before an array in which its name is looked for. */
const lookedAt = 256;

const word = '[\\p{L}_][\\p{L}\\p{N}_.]*';
/** `"weights":`, `W =`, `gain[2][4] =`, `w: Vec<f32> =`, `w := `, `w <- `, and `('weight',` of a printed state dict. */
const named =
  `(?:["']([^"'\\n]+)["']\\s*[:=]|\\(["']([^"'\\n]+)["'],|(?<![\\p{L}\\p{N}_.]|Parameter )(${word})` +
  `(?:\\[[^\\]\\n]*\\])*\\s*(?::(?!:)[^=:\\n]{1,80}=|[:=]|:=|<-))`;
/** What may stand between a name and its array: calls such as `torch.tensor(` and `new Float32Array(`, and a type such as `[]float64`. */
const wrapped = `\\s*(?:(?:new\\s+)?${word}(?:<[^>\\n]*>)?\\(\\s*)*(?:&?(?:new\\s+)?(?:\\[\\d*\\])*${word}(?:\\[\\d*\\])*!?\\s*)?`;

const nameAtEnd = new RegExp(`${named}(?:\\s*Parameter containing:)?${wrapped}$`, 'u');

/**
 * What the text calls the array that starts at an offset: the variable, argument, field or key that it is given to, as in
 * `W = np.array([`, `"W": [` or `float W[2][2] = {`.
 *
 * @returns undefined where it has no name
 */
export function nameBefore(text: string, start: number): string | undefined {
  const found = nameAtEnd.exec(text.slice(Math.max(0, start - lookedAt), start));
  return found?.slice(1).find((name) => name !== undefined);
}
