import { expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { textLines, type TextLine } from '../../../src/formats/textLines';

const lines = (bytes: Uint8Array) => all(textLines(new MemorySource(bytes), 'csv'));

async function all(lines: AsyncIterable<TextLine>): Promise<TextLine[]> {
  const found: TextLine[] = [];
  for await (const line of lines) {
    found.push(line);
  }
  return found;
}

it('gives the lines of a text with their numbers, and whether they are ended', async () => {
  expect(await lines(Buffer.from('\ufeffa\r\n\nb'))).toEqual([
    { text: 'a', number: 1, ended: true },
    { text: '', number: 2, ended: true },
    { text: 'b', number: 3, ended: false },
  ]);
});

it('joins lines and characters that lie across two reads', async () => {
  const long = 'é'.repeat(700_000);
  expect((await lines(Buffer.from(`${long}\n${long}\n`))).map(({ text }) => text === long)).toEqual([true, true]);
});

it('refuses bytes that are not UTF-8, and says where', async () => {
  await expect(lines(Uint8Array.of(0x61, 0xff))).rejects.toMatchObject({
    message: 'csv: the text is not valid UTF-8 between bytes 0 and 2',
  });
});

it('stops when it is told to', async () => {
  const stop = new AbortController();
  const reading = textLines(new MemorySource(Buffer.from('a\n'.repeat(1 << 20))), 'csv', stop.signal);
  await reading.next();
  stop.abort();
  await expect(all(reading)).rejects.toThrow('aborted');
});
