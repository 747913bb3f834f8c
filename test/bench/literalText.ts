import { literalAt } from '../../src/text/literals';
import type { Group, Line } from './bench';
import { contest, timed } from './contest';

/** A million numbers. */
const rows = 1000;
const cols = 1000;

/** Each way to print a number, and what one looks like. */
const printed: [work: string, print: (value: number) => string][] = [
  ['JSON text, full doubles', String],
  ['JSON text, four decimals', (value) => value.toFixed(4)],
  ['JSON text, small integers', (value) => String(Math.round(Math.abs(value) * 100))],
  ['JSON text, as small as 1.2e-8', (value) => (value * 1e-8).toExponential(1)],
  ['JSON text, full and below 1e-12', (value) => String(value * 1e-12)],
];

/** How many times JSON.parse's time the reader may take at the most. */
const reach = 1 / 1.2;

/**
 * A matrix in JSON text to float64 with the position of every row, against JSON.parse, which yields nested arrays and no
 * positions.
 */
export const literalText: Group = async ({ data, repetitions }) => {
  const lines: Line[] = [];
  for (const [work, print] of printed) {
    const text = matrixText(data.gradOutput, repetitions > 1 ? rows : 10, print);
    const ours = () => {
      let values: ArrayLike<number> = [];
      const ms = timed(() => {
        values = literalAt(text, 1)!.values;
      });
      return { ms, digest: digestOf(values) };
    };
    const jsonParse = () => {
      let parsed: number[][] = [];
      const ms = timed(() => {
        parsed = JSON.parse(text) as number[][];
      });
      return { ms, digest: digestOf(parsed.flat()) };
    };
    lines.push(...(await contest(repetitions, work, ours, [{ name: 'JSON.parse', run: jsonParse, reach }])));
  }
  return lines;
};

/** (rows, cols) of the numbers in order, a row to a line. */
function matrixText(values: Float32Array, rows: number, print: (value: number) => string): string {
  const lines = Array.from({ length: rows }, (_, row) => {
    return `[${Array.from(values.subarray(row * cols, (row + 1) * cols), print).join(', ')}]`;
  });
  // Joined strings stay trees of their pieces until they are read as a whole; a document's text is none.
  return Buffer.from(`[${lines.join(',\n')}]`).toString('latin1');
}

/** The sum and the sum of squares, either of which any wrong number of weight changes. */
function digestOf(values: ArrayLike<number>): number[] {
  let sum = 0;
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i] * (i % 7);
    squares += values[i] ** 2;
  }
  return [sum, squares];
}
