import { describe, expect, it } from 'vitest';
import type { LiteralObject } from '../../../src/text/arrayLiteral';
import { objectAt, objectIn } from '../../../src/text/objects';

/** The entries as shapes and numbers. */
const entriesOf = (object: LiteralObject | undefined) =>
  object && Object.fromEntries(Array.from(object.entries, ([k, v]) => [k, typeof v === 'number' ? v : v.shape]));

/** The object at the place marked with | in a text. */
function at(marked: string) {
  const offset = marked.indexOf('|');
  return objectAt(marked.replace('|', ''), offset);
}

const selected = (text: string) => objectIn(text, 0, text.length);

describe('objectAt', () => {
  it('reads arrays and numbers by name, and leaves out everything else', () => {
    const text = `{
      "x": [[1, 2], [3, 4]], "weight": [1, 1], // γ
      "eps": 1e-5, "name": "run [1, 2]", "tags": ["a", "b"], "none": [], "meta": {"y": [1, 2]}, "other": null,
    }`;
    const object = objectAt(text, text.indexOf('eps'))!;
    expect(entriesOf(object)).toEqual({ x: [2, 2], weight: [2], eps: 1e-5 });
    expect([object.start, object.end]).toEqual([0, text.length]);
    expect(object.entries.get('x')).toMatchObject({ start: text.indexOf('[['), end: text.indexOf(']]') + 2 });
  });

  it.each([
    ["case = {'x': [(1, 2), |(3, 4)], 'eps': 1e-6}", { x: [2, 2], eps: 1e-6 }],
    ['const c = { x: [[1, 2]],| eps: .5 };', { x: [1, 2], eps: 0.5 }],
    ["d = {'x': np.array([[1, 2]], dtype=np.float32)|, 'b': torch.tensor([1., 2.])}", { x: [1, 2], b: [2] }],
    ["{'x': [1, 2|], 'z': np.zeros((2, 3)), 'r': np.array([1, 2]).reshape(2, 1), 's': [0] * 4}", { x: [2] }],
    ['|{"x": [1, 2]}', { x: [2] }],
    ['{"x": [1, 2]}|', { x: [2] }],
    ['{"x": [1, 2], "inner": {"a": 1, "b": |2}}', { x: [2] }],
    ['[{"x": [1]}, {"x": [1, |2]}]', { x: [2] }],
    ['def f():\n  x = {"x": [1, 2], "n": 3 + |4}', { x: [2] }],
    ['{"x": [1, 2], # }\n "y|": [3, 4]}', { x: [2], y: [2] }],
  ])('reads %s', (marked, entries) => {
    expect(entriesOf(at(marked))).toEqual(entries);
  });

  it.each([
    '[1, |2]',
    '{"a": |1, "b": "two"}',
    '{1, |2}',
    'if (a) { x = [1, |2]; }',
    '{"x": [1, 2]} |',
    '{"x": [1, |2]',
  ])('finds none in %s', (marked) => {
    expect(at(marked)).toBeUndefined();
  });

  it('refuses a ragged array in it', () => {
    expect(() => at('{"x": [[1, 2], [3]], "y|": [1, 2]}')).toThrow('Row 1 has 1 number, the rows before it have 2.');
  });
});

describe('objectIn', () => {
  it.each([
    ['{"x": [[1, 2]], "eps": 1}', { x: [1, 2], eps: 1 }],
    ['case = {"x": [[1, 2]]};\n', { x: [1, 2] }],
    ['inspect({"x": [[1, 2]]})  # {', { x: [1, 2] }],
  ])('reads %j', (text, entries) => {
    expect(entriesOf(selected(text))).toEqual(entries);
  });

  it.each(['', '[[1, 2], [3, 4]]', '{"a": 1}', '{"x": [1]}, {"x": [2]}', 'x = [1, 2] or {"x": [1]}', 'words', '{'])(
    'finds none in %j',
    (text) => {
      expect(selected(text)).toBeUndefined();
    },
  );

  it('bounds the length', () => {
    expect(() => objectIn('{"x": [1, 2]}', 0, 13, { maxLength: 12 })).toThrow(
      'The selection is longer than 12 characters.',
    );
  });
});
