import { Random } from '../../src/norm/random';
import { hoverMarkdown } from '../../src/report/hoverMarkdown';
import { literalAt } from '../../src/text/literals';
import type { Group } from './bench';
import { contest, timed } from './contest';
import { inFreshProcess } from './freshProcess';

/** The longest that a person may wait for the first hover over an array, in milliseconds; the next comes from a cache. */
const limit = 50;

const rows = 1000;
const cols = 100;

/** From a place in a text of 100,000 numbers to what the hover says: of the first array ever, and of those after it. */
export const hover: Group = async ({ repetitions }) => {
  const text = arrayText();
  const again = () => ({ ms: measured(text), digest: [] });
  const first = async () => ({ ms: await inFreshProcess('hover'), digest: [] });
  const allowed = { name: `the ${limit} ms allowed`, run: () => ({ ms: limit, digest: [] }), reach: 1 };
  return [
    ...(await contest(repetitions, 'hover on 100,000 numbers, in a fresh process', first, [allowed])),
    ...(await contest(repetitions, 'hover on 100,000 numbers', again, [allowed])),
  ];
};

/** Milliseconds of the first hover of this process. */
export function measureHover(): number {
  return measured(arrayText());
}

function measured(text: string): number {
  let markdown: string | undefined;
  const ms = timed(() => {
    const array = literalAt(text, text.length >> 1);
    markdown = array && hoverMarkdown(array, '');
  });
  if (!markdown?.startsWith(`**Array (${rows}, ${cols})**`)) {
    throw new Error(`The hover says: ${markdown}`);
  }
  return ms;
}

/** (rows, cols) numbers as Python prints float32: up to 17 digits. */
function arrayText(): string {
  const random = new Random(3);
  const lines = Array.from({ length: rows }, () =>
    JSON.stringify(Array.from({ length: cols }, () => Math.fround(random.normal()))),
  );
  // Joined strings stay trees of their pieces until they are read as a whole; a document's text is none.
  return Buffer.from(`x = [\n  ${lines.join(',\n  ')}\n]\n`).toString('latin1');
}
