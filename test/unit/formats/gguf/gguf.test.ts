import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../../src/formats/byteSource';
import { openGguf } from '../../../../src/formats/gguf/gguf';
import { readTensor } from '../../../../src/formats/readValues';
import { undecodedNotes } from '../../../../src/formats/undecodedNotes';
import { FormatError, LimitError } from '../../../../src/tensor/errors';
import { CountingSource } from '../countingSource';
import { ggufFile, GgufWriter, type GgufTensor } from '../makeFiles';

const open = (file: Uint8Array) => openGguf(new MemorySource(file), 'x.gguf');
const bytesOf = (values: ArrayBufferView) => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const norm: GgufTensor = { name: 'blk.0.attn_norm.weight', lengths: [3], type: 0, data: bytesOf(Float32Array.of(1, 2, 3)) }; // prettier-ignore
const types = { uint32: 4, float32: 6, bool: 7, string: 8, array: 9, uint64: 10 };

describe('tensors', () => {
  it('have the fastest axis last', async () => {
    const [w] = (await open(ggufFile([{ name: 'w', lengths: [3, 2], type: 24, data: Uint8Array.of(1, 2, 3, 4, 5, 6) }]))).tensors; // prettier-ignore
    expect(w.shape).toEqual([2, 3]);
    expect([...(await readTensor(w)).values]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each<[string, number, ArrayBufferView, (number | bigint)[]]>([
    ['float64', 28, Float64Array.of(0.1, -2), [0.1, -2]],
    ['float32', 0, Float32Array.of(0.5, -2), [0.5, -2]],
    ['float16', 1, Uint16Array.of(0x3c00, 0xc000), [1, -2]],
    ['bfloat16', 30, Uint16Array.of(0x3f80, 0xc000), [1, -2]],
    ['int8', 24, Int8Array.of(1, -2), [1, -2]],
    ['int16', 25, Int16Array.of(1, -2), [1, -2]],
    ['int32', 26, Int32Array.of(1, -2), [1, -2]],
    ['int64', 27, BigInt64Array.of(1n, -2n), [1n, -2n]],
  ])('of %s are read', async (dtype, type, values, expected) => {
    const { tensors } = await open(ggufFile([norm, { name: 'w', lengths: [2], type, data: bytesOf(values) }]));
    const w = await readTensor(tensors[1]);
    expect(w.dtype).toBe(dtype);
    expect([...w.values]).toEqual(expected);
  });

  it('that are quantized are listed and not read', async () => {
    const quantized = { name: 'blk.0.ffn_up.weight', lengths: [512, 2], type: 12, data: new Uint8Array(4 * 144) };
    const unknown = { name: 'w', lengths: [7], type: 99, data: new Uint8Array(7) };
    const dump = await open(ggufFile([quantized, norm, unknown]));
    expect(dump.tensors.map(({ name }) => name)).toEqual([norm.name]);
    expect([...(await readTensor(dump.tensors[0])).values]).toEqual([1, 2, 3]);
    expect(dump.undecoded).toEqual([
      {
        name: 'blk.0.ffn_up.weight',
        dtypeName: 'Q4_K',
        shape: [2, 512],
        bytes: 576,
        reason: 'its values are quantized in blocks (Q4_K)',
      },
      { name: 'w', dtypeName: 'type 99', shape: [7], bytes: undefined, reason: 'its type 99 is unknown' },
    ]);
    expect(undecodedNotes(dump)[0]).toBe(
      '"blk.0.ffn_up.weight" is listed and not read: its values are quantized in blocks (Q4_K).',
    );
  });
});

describe('metadata', () => {
  it('is shown as text', async () => {
    const file = ggufFile(
      [],
      [
        ['general.architecture', (w) => w.uint32(types.string).string('llama')],
        ['llama.block_count', (w) => w.uint32(types.uint32).uint32(32)],
        ['llama.attention.layer_norm_rms_epsilon', (w) => w.uint32(types.float32).float32(1e-5)],
        ['general.big', (w) => w.uint32(types.uint64).uint64(2n ** 63n)],
        ['flag', (w) => w.uint32(types.bool).bytes(Uint8Array.of(1))],
        ['sizes', (w) => w.uint32(types.array).uint32(types.uint32).uint64(2).uint32(5).uint32(6)],
      ],
    );
    expect((await open(file)).metadata).toEqual({
      'general.architecture': 'llama',
      'llama.block_count': '32',
      'llama.attention.layer_norm_rms_epsilon': '0.00001',
      'general.big': '9223372036854775808',
      flag: 'true',
      sizes: '[5, 6]',
    });
  });

  it('shows the first of a vocabulary, and is passed over in few reads', async () => {
    const words = Array.from({ length: 100_000 }, (_, i) => `word${i}`);
    const vocabulary = (w: GgufWriter) => {
      w.uint32(types.array).uint32(types.string).uint64(words.length);
      words.forEach((word) => w.string(word));
      return w;
    };
    const source = new CountingSource(new MemorySource(ggufFile([norm], [['tokens', vocabulary]])));
    const { metadata, tensors } = await openGguf(source, 'x.gguf');
    expect(metadata.tokens).toBe('[word0, word1, word2, word3, word4, word5, word6, word7, … 100000 in all]');
    expect(tensors).toHaveLength(1);
    expect(source.reads.length).toBeLessThan(10);
  });

  it('says how the data is aligned', async () => {
    const file = ggufFile([norm], [['general.alignment', (w) => w.uint32(types.uint32).uint32(128)]], {
      alignment: 128,
    });
    expect([...(await readTensor((await open(file)).tensors[0])).values]).toEqual([1, 2, 3]);
  });
});

it('reads version 2, and big-endian files', async () => {
  expect((await open(ggufFile([norm], [], { version: 2 }))).tensors).toHaveLength(1);
  const swapped = { ...norm, data: bytesOf(Float32Array.of(1, 2, 3)).toReversed() };
  const [w] = (await open(ggufFile([swapped], [], { littleEndian: false }))).tensors;
  expect([...(await readTensor(w)).values]).toEqual([3, 2, 1]);
});

describe('a malformed file is refused', () => {
  const preamble = (tensors: number | bigint, entries: number | bigint) =>
    new GgufWriter().bytes(Buffer.from('GGUF')).uint32(3).uint64(tensors).uint64(entries);
  const entry = (write: (writer: GgufWriter) => GgufWriter) => write(preamble(0, 1).string('k')).toBytes();
  it.each<[string, Uint8Array, string]>([
    ['empty', new Uint8Array(), '24 bytes should follow, 0 do (byte 0)'],
    ['version', ggufFile([], [], { version: 1 }), 'the version is 1; versions 2 and 3 are read (byte 4)'],
    ['tensors', preamble(2n ** 60n, 0).toBytes(), 'tensors should follow in 0 bytes'],
    ['entries', preamble(0, 2n ** 60n).toBytes(), 'metadata entries should follow in 0 bytes'],
    [
      'key',
      preamble(0, 1)
        .uint64(2n ** 63n)
        .uint32(0)
        .bytes(new Uint8Array(9))
        .toBytes(),
      'bytes should follow',
    ],
    ['type', entry((w) => w.uint32(77).uint64(0)), 'the metadata type 77 is unknown'],
    [
      'array',
      entry((w) =>
        w
          .uint32(9)
          .uint32(4)
          .uint64(2n ** 40n),
      ),
      'an array of 1099511627776 values should follow',
    ],
    ['nested', entry((w) => [1, 2, 3, 4, 5, 6].reduce((v) => v.uint32(9).uint64(1), w.uint32(9))), 'type 9 is unknown'],
    ['twice', ggufFile([norm, norm]), 'tensor "blk.0.attn_norm.weight" stands twice'],
    ['axes', ggufFile([{ ...norm, lengths: new Array<number>(9).fill(1) }]), 'has 9 axes; at most 8 are read'],
    ['shape', ggufFile([{ ...norm, lengths: [2 ** 30, 2 ** 30] }]), 'has more elements than can be counted'],
    ['offset', ggufFile([{ ...norm, offset: 2 ** 40 }]), 'ends at byte 1099511627'],
    ['length', ggufFile([{ ...norm, lengths: [4] }]), 'ends at byte'],
    ['blocks', ggufFile([{ ...norm, type: 2 }]), 'rows of 3 values are no whole number of Q4_0 blocks of 32'],
    ['alignment', ggufFile([], [['general.alignment', (w) => w.uint32(4).uint32(0)]]), 'general.alignment is "0"'],
  ])('%s', async (_, file, message) => {
    await expect(open(file)).rejects.toThrow(FormatError);
    await expect(open(file)).rejects.toThrow(message);
  });

  it('beyond its limits too', async () => {
    await expect(
      open(
        preamble(0, 70_000)
          .bytes(new Uint8Array(1 << 20))
          .toBytes(),
      ),
    ).rejects.toThrow(LimitError);
    await expect(
      open(
        preamble(140_000, 0)
          .bytes(new Uint8Array(1 << 22))
          .toBytes(),
      ),
    ).rejects.toThrow(LimitError);
  });
});
