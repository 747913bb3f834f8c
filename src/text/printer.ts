import type { CallAround } from './callAround';
import { Char, codeAt } from './characters';
import { NumberScanner } from './numberScanner';
import { skipTrivia } from './trivia';

/** Whose way an array is printed in; JAX and TensorFlow print as NumPy does. */
export type Printer = 'numpy' | 'torch';

/** Calls that printers write; in code a module stands before them, as in `np.array`. */
const printedCalls = new Map<string, Printer>([
  ['array', 'numpy'],
  ['Array', 'numpy'],
  ['DeviceArray', 'numpy'],
  ['tf.Tensor', 'numpy'],
  ['tensor', 'torch'],
]);

/**
 * Who printed the array that starts at an offset, told by the call around it or by white space between its numbers.
 *
 * @returns undefined if it is no print
 */
export function printerOf(text: string, start: number, call: CallAround | undefined): Printer | undefined {
  return printedCalls.get(call?.name ?? '') ?? (call === undefined && isSpaced(text, start) ? 'numpy' : undefined);
}

/** Whether the first two numbers of an array have no comma between them. */
function isSpaced(text: string, start: number): boolean {
  let at = start;
  while (codeAt(text, at) === Char.openBracket) {
    at = skipTrivia(text, at + 1);
  }
  const numbers = new NumberScanner(text);
  const next = skipTrivia(text, numbers.read(at));
  return numbers.read(next) > next;
}
