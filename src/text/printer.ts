import type { CallAround } from './callAround';
import { Char, codeAt } from './characters';
import { callStart } from './elementPrefix';
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
 * Who printed the array that starts at an offset, told by the call around it or around its elements, or by white space between
 * its numbers.
 *
 * @returns undefined if it is no print
 */
export function printerOf(text: string, start: number, call: CallAround | undefined): Printer | undefined {
  if (call) {
    return printedCalls.get(call.name);
  }
  let first = start;
  while (codeAt(text, first) === Char.openBracket) {
    first = skipTrivia(text, first + 1);
  }
  const argument = callStart(text, first);
  if (argument > first) {
    return printedCalls.get(text.slice(first, text.lastIndexOf('(', argument)));
  }
  const numbers = new NumberScanner(text);
  const next = skipTrivia(text, numbers.read(first));
  return numbers.read(next) > next ? 'numpy' : undefined;
}
