import { hoverMarkdown } from '../../src/report/hoverMarkdown';
import { literalAt } from '../../src/text/literals';
import type { Group } from './bench';
import { contest, timed } from './contest';

/** The longest that a person may wait for the first hover over an array, in milliseconds; the next comes from a cache. */
const limit = 50;

const rows = 1000;
const cols = 100;

/** From a place in a text of 100,000 numbers to what the hover says. */
export const hover: Group = async ({ repetitions, data: { x } }) => {
  // As Python prints float32: up to 17 digits.
  const lines = Array.from({ length: rows }, (_, row) =>
    JSON.stringify(Array.from({ length: cols }, (_, col) => x[(row * cols + col) % x.length])),
  );
  // Joined strings stay trees of their pieces until they are read as a whole; a document's text is none.
  const text = Buffer.from(`x = [\n  ${lines.join(',\n  ')}\n]\n`).toString('latin1');
  const work = () => {
    let markdown: string | undefined;
    const ms = timed(() => {
      const array = literalAt(text, text.length >> 1);
      markdown = array && hoverMarkdown(array, '');
    });
    return { ms, digest: [Number(markdown?.startsWith(`**Array (${rows}, ${cols})**`))] };
  };
  const allowed = { name: `the ${limit} ms allowed`, run: () => ({ ms: limit, digest: [1] }), reach: 1 };
  return contest(repetitions, 'hover on 100,000 numbers', work, [allowed]);
};
