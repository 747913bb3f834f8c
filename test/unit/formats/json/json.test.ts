import { describe, expect, it } from 'vitest';
import { openText, tensorsOf } from '../openText';

describe('an object of arrays', () => {
  it('gives tensors by keys joined by dots, and metadata of what is no array', async () => {
    const text = '{"blocks": {"0": {"mean": [[1, 2]], "eps": 1e-5}}, "model": "tiny", "tags": ["a", "b"]}';
    expect(await tensorsOf('run.json', text)).toEqual({ 'blocks.0.mean': [[1, 2], 1, 2] });
    const { metadata } = await openText('run.json', text);
    expect(metadata).toEqual({ 'blocks.0.eps': '0.00001', model: 'tiny', tags: '["a","b"]' });
  });

  it('may say of itself which norms it holds', async () => {
    const norms = { ln: { op: 'rms_norm', eps: 1e-6 } };
    const { metadata } = await openText('run.json', JSON.stringify({ norms, order: ['ln'], 'ln.input': [1] }));
    expect(JSON.parse(metadata.norms)).toEqual(norms);
    expect(JSON.parse(metadata.order)).toEqual(['ln']);
  });

  it('keeps its good arrays and names the bad ones', async () => {
    const { tensors, notes } = await openText('x.json', '{"good": [1, 2], "ragged": [[1, 2], [3]]}');
    expect(tensors.map(({ name }) => name)).toEqual(['good']);
    expect(notes).toEqual(['"ragged" is not shown: element 1 of "ragged" has 1 elements, expected 2.']);
  });

  it('gives a tensor per key of a list of objects, such as the log in trainer_state.json', async () => {
    const text = '{"log_history": [{"loss": 2.5, "step": 10}, {"loss": 2, "step": 20, "eval": {"acc": 0.5}}]}';
    expect(await tensorsOf('trainer_state.json', text)).toEqual({
      'log_history.loss': [[2], 2.5, 2],
      'log_history.step': [[2], 10, 20],
      'log_history.eval.acc': [[2], NaN, 0.5],
    });
  });
});

describe('numbers', () => {
  it('are NaN and infinite also in quotes, and NaN for null with a note', async () => {
    const text = '[1e400, "NaN", "-Infinity", NaN, null]';
    expect(await tensorsOf('x.json', text)).toEqual({ x: [[5], Infinity, NaN, -Infinity, NaN, NaN] });
    const { notes } = await openText('x.json', text);
    expect(notes).toEqual(['"x" holds null in 1 places; NaN stands there.']);
  });

  it('are 0 and 1 for false and true among numbers, and bool where there is nothing else', async () => {
    expect((await openText('x.json', '[true, false]')).tensors[0].dtype).toBe('bool');
    expect(await tensorsOf('x.json', '[true, 0.5]')).toEqual({ x: [[2], 1, 0.5] });
  });

  it('keep texts that read like special numbers inside longer texts as they are', async () => {
    const { metadata } = await openText('x.json', '{"note": "a NaN, \\"NaN\\"", "loss": [NaN]}');
    expect(metadata.note).toBe('a NaN, "NaN"');
  });
});

describe('refusals', () => {
  it.each([
    ['[[1, 2], [3]]', 'json: element 1 of the array has 1 elements, expected 2'],
    ['[[1, 2], [3, [4]]]', 'json: element 1.1 of the array is a list, expected a number'],
    ['[[1, 2], 3]', 'json: element 1 of the array is 3, expected a list of 2'],
    ['[1, "four"]', 'json: element 1 of the array is the text "four", expected a number'],
    ['{"name": "no numbers"}', 'json: the file holds no array of numbers'],
    ['', 'json: the text is not JSON: Unexpected end of JSON input'],
  ])('of %s give the place', async (text, message) => {
    await expect(openText('x.json', text)).rejects.toMatchObject({ message });
  });

  it('bound the nesting', async () => {
    const deep = '['.repeat(65) + ']'.repeat(65);
    await expect(openText('x.json', deep)).rejects.toThrow('at most 64 lists inside lists are read');
  });
});
