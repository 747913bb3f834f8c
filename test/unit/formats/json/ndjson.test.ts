import { describe, expect, it } from 'vitest';
import { openText, tensorsOf } from '../openText';

describe('a training log', () => {
  it('becomes one tensor per key, the lines along its first axis', async () => {
    const text =
      '{"step": 1, "grad": {"norm": 0.5}, "rows": [1, 2]}\n{"step": 2, "grad": {"norm": 3}, "rows": [3, 4]}\n';
    expect(await tensorsOf('log.jsonl', text)).toEqual({
      step: [[2], 1, 2],
      'grad.norm': [[2], 0.5, 3],
      rows: [[2, 2], 1, 2, 3, 4],
    });
  });

  it('has NaN where a line lacks a key, and says so', async () => {
    const text = '{"loss": 1}\n{"loss": null, "eval": 2}\n';
    expect(await tensorsOf('log.jsonl', text)).toEqual({ loss: [[2], 1, NaN], eval: [[2], NaN, 2] });
    expect((await openText('log.jsonl', text)).notes).toEqual([
      '"loss" is missing or null in some of the 2 records; NaN stands there.',
      '"eval" is missing or null in some of the 2 records; NaN stands there.',
    ]);
  });

  it('leaves out keys of text or of changing shape, and says which', async () => {
    const { tensors, notes } = await openText(
      'log.jsonl',
      '{"a": 1, "b": "x", "c": [1]}\n{"a": 2, "b": 3, "c": [1, 2]}\n',
    );
    expect(tensors.map(({ name }) => name)).toEqual(['a']);
    expect(notes).toEqual([
      '"b" is not shown: record 1: "b" is the text "x", expected a number.',
      '"c" is not shown: its shapes (1) and (2) differ.',
    ]);
  });

  it('may still be written: half a last line is left out', async () => {
    const { tensors, notes } = await openText('log.jsonl', '{"a": 1}\n{"a": 2}\n{"a":');
    expect(tensors[0].shape).toEqual([2]);
    expect(notes).toEqual(['Line 3 is not complete and is left out.']);
  });
});

describe('other lines', () => {
  it('are rows of one matrix where they are lists', async () => {
    expect(await tensorsOf('rows.ndjson', '[1, 2]\n\n[3, 4]\n')).toEqual({ rows: [[2, 2], 1, 2, 3, 4] });
  });

  it('are refused by number where they are no JSON', async () => {
    await expect(openText('x.ndjson', '{"a": 1}\noops\n{"a": 2}\n')).rejects.toMatchObject({
      message: 'ndjson: line 2 is not valid JSON',
    });
  });

  it('are refused with the reason where no key holds arrays of one shape', async () => {
    await expect(openText('x.ndjson', '{"loss": [1, 2]}\n{"loss": [1]}\n')).rejects.toMatchObject({
      message: 'ndjson: no tensor is left: "loss" is not shown: its shapes (2) and (1) differ',
    });
  });
});

it('refuses more columns times lines than fit, before it makes them', async () => {
  // Each line has a key of its own: 8,000 tensors of 8,000 values, nearly all of them missing.
  const lines = Array.from({ length: 8000 }, (_, i) => `{"k${i}": 1}`).join('\n');
  await expect(openText('x.ndjson', lines)).rejects.toThrow('the records hold more than 33554432 numbers');
});
