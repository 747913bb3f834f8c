import { describe, expect, it } from 'vitest';
import type { Listing, TensorStats } from '../../../src/protocol';
import { listRows, type ListView } from '../../../webview/list/listRows';

const listing: Listing = {
  fileName: 'preln.safetensors',
  format: 'safetensors',
  byteLength: 70_000,
  metadata: {},
  notes: [],
  scanAtOnce: true,
  tensors: [
    { name: 'blocks.10.input', dtype: 'float32', shape: [2, 64, 128], byteLength: 65_536 },
    { name: 'blocks.10.weight', dtype: 'float32', shape: [128], byteLength: 512 },
    { name: 'blocks.9.input', dtype: 'float16', shape: [2, 64, 128], byteLength: 32_768 },
    { name: 'tokens', dtype: 'int64', shape: [2, 64], byteLength: 1024 },
  ],
  cases: [
    {
      site: 'blocks.10',
      kind: 'layer_norm',
      eps: 1e-5,
      guessed: true,
      tensors: { x: 'blocks.10.input', weight: 'blocks.10.weight' },
    },
  ],
};

const stats: Record<string, Partial<TensorStats>> = {
  'blocks.10.input': { mean: 0.5, nan: 0, posInf: 0, negInf: 0 },
  'blocks.9.input': { mean: -2, nan: 3, posInf: 1, negInf: 0 },
  tokens: { mean: NaN, nan: 0, posInf: 0, negInf: 0 },
};

const rowsOf = (view: Partial<ListView> = {}, of = listing) =>
  listRows(of, {
    filter: '',
    isExpanded: () => true,
    statsOf: (name) => stats[name] as TensorStats | undefined,
    ...view,
  });

/** Lines as they look: two blanks a level, what can be unfolded with + or -. */
const drawn = (...args: Parameters<typeof rowsOf>) =>
  rowsOf(...args).map(
    ({ level, label, expanded }) =>
      `${'  '.repeat(level - 1)}${expanded === undefined ? '' : expanded ? '- ' : '+ '}${label}`,
  );

it('shows the norms found, then the tensors as a tree', () => {
  expect(drawn()).toEqual([
    '- 1 norm',
    '  blocks.10',
    '- 4 tensors',
    '  - blocks',
    '    - 10',
    '      input',
    '      weight',
    '    9.input',
    '  tokens',
  ]);
  expect(rowsOf()[1]).toMatchObject({ tensor: { name: 'blocks.10.input' } });
});

it('shows of what is folded its first line', () => {
  expect(drawn({ isExpanded: (key) => key === 'tensors' })).toEqual([
    '+ 1 norm',
    '- 4 tensors',
    '  + blocks',
    '  tokens',
  ]);
});

it('leaves the norms out where there are none', () => {
  expect(drawn({ isExpanded: () => false }, { ...listing, cases: [] })).toEqual(['+ 4 tensors']);
});

it('says of each line where among its neighbours it stands', () => {
  const { level, position, count } = rowsOf().find(({ title }) => title === 'blocks.9.input')!;
  expect({ level, position, count }).toEqual({ level: 3, position: 2, count: 2 });
});

it('filters by every word in name, dtype and shape', () => {
  expect(drawn({ filter: 'INT64' })).toEqual(['- 0 norms', '- 1 tensor', '  tokens']);
  expect(drawn({ filter: '9 float16' })).toEqual(['- 0 norms', '- 1 tensor', '  blocks.9.input']);
});

describe('sorted', () => {
  it('by name keeps the tree, numbers in names counted as numbers', () => {
    const tree = drawn({ sort: { column: 'name', descending: false } });
    expect(tree.slice(3)).toEqual(['  - blocks', '    9.input', '    - 10', '      input', '      weight', '  tokens']);
  });

  it('by anything else lays the tensors side by side; what is not known or not a number comes last', () => {
    const names = (descending: boolean) =>
      rowsOf({ sort: { column: 'mean', descending } })
        .slice(3)
        .map(({ label }) => label);
    expect(names(true)).toEqual(['blocks.10.input', 'blocks.9.input', 'blocks.10.weight', 'tokens']);
    expect(names(false)).toEqual(['blocks.9.input', 'blocks.10.input', 'blocks.10.weight', 'tokens']);
  });

  it('by NaN and Inf brings the tensors that hold some to the top', () => {
    expect(rowsOf({ sort: { column: 'nonfinite', descending: true } })[3].label).toBe('blocks.9.input');
  });

  it('by shape counts the values', () => {
    const rows = rowsOf({ sort: { column: 'shape', descending: false } }).slice(3);
    expect(rows.map(({ tensor }) => tensor!.shape)).toEqual([[128], [2, 64], [2, 64, 128], [2, 64, 128]]);
  });
});

it('says above the norms what they all have in common, and of each what not', () => {
  const [found] = listing.cases;
  const second = { ...found, site: 'blocks.9', tensors: { ...found.tensors, x: 'blocks.9.input' } };
  const descriptions = (cases: Listing['cases']) =>
    rowsOf({}, { ...listing, cases }).flatMap(({ description }) => description ?? []);
  expect(descriptions([found, second])).toEqual(['LayerNorm? · ε 1e-5 · γ']);
  expect(descriptions([found, { ...second, eps: 1e-6 }])).toEqual([
    'LayerNorm? · ε 1e-5 · γ',
    'LayerNorm? · ε 1e-6 · γ',
  ]);
});
