import { expect, it } from 'vitest';
import type { Listing } from '../../../src/protocol';
import { tensorRows } from '../../../webview/list/tensorRows';

const listing: Listing = {
  fileName: 'preln.safetensors',
  format: 'safetensors',
  byteLength: 70_000,
  metadata: {},
  notes: [],
  tensors: [
    { name: 'blocks.0.ln1.input', dtype: 'float32', shape: [2, 64, 128], byteLength: 65_536 },
    { name: 'blocks.0.ln1.weight', dtype: 'float32', shape: [128], byteLength: 512 },
    { name: 'tokens', dtype: 'int64', shape: [2, 64], byteLength: 1024 },
  ],
  cases: [
    {
      site: 'blocks.0.ln1',
      kind: 'layer_norm',
      eps: 1e-5,
      guessed: true,
      tensors: { x: 'blocks.0.ln1.input', weight: 'blocks.0.ln1.weight' },
    },
  ],
};

const shown = (filter: string, collapsed: ('cases' | 'tensors')[] = []) =>
  tensorRows(listing, filter, new Set(collapsed)).map((row) =>
    row.kind === 'head' ? row.label : `${row.stem}|${row.tail} ${row.detail}`,
  );

it('lists the norms found, then all tensors', () => {
  expect(shown('')).toEqual([
    '1 norm',
    'blocks.0|.ln1 LayerNorm? · ε 1e-5 · γ',
    '3 tensors',
    'blocks.0.ln1|.input float32 (2, 64, 128) · 65.5 kB',
    'blocks.0.ln1|.weight float32 (128) · 512 B',
    '|tokens int64 (2, 64) · 1.02 kB',
  ]);
});

it('filters by every word in name, dtype and shape', () => {
  expect(shown('INT64')).toEqual(['0 norms', '1 tensor', '|tokens int64 (2, 64) · 1.02 kB']);
  expect(shown('ln1 (128')).toEqual(['0 norms', '1 tensor', 'blocks.0.ln1|.weight float32 (128) · 512 B']);
});

it('shows of a collapsed group its head', () => {
  expect(shown('', ['tensors'])).toEqual(['1 norm', 'blocks.0|.ln1 LayerNorm? · ε 1e-5 · γ', '3 tensors']);
});

it('leaves the group of norms out where there are none', () => {
  expect(tensorRows({ ...listing, cases: [] }, '', new Set())[0]).toMatchObject({ kind: 'head', group: 'tensors' });
});
