import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader, type FileEntry } from '@zip.js/zip.js';
import type { ByteSource } from '../../src/formats/byteSource';
import type { Dump } from '../../src/formats/dump';
import { openRaw, type RawLayout } from '../../src/formats/rawArray';
import { ggufFile, zipFile } from '../unit/formats/makeFiles';

/** A file that is damaged and opened again and again. */
export interface Sample {
  readonly fileName: string;
  /** What is damaged: the file, or what `wrap` makes a file of. */
  readonly bytes: Uint8Array;
  /** Makes a file around damaged bytes, so that no checksum gives them away before they are looked at. */
  readonly wrap?: (bytes: Uint8Array) => Promise<Uint8Array>;
  /** Opens the file; without it its format is found by itself. */
  readonly open?: (file: ByteSource, fileName: string) => Dump;
}

/** Larger ones take long and say no more. */
const maxSampleBytes = 2 ** 17;

/** Samples of every format, by its name: the sound fixtures, and of formats that have none files made here. */
export async function loadSamples(): Promise<Map<string, Sample[]>> {
  const folder = join('test', 'fixtures', 'formats');
  const samples = new Map<string, Sample[]>();
  for (const format of readdirSync(folder)) {
    samples.set(format, fixtures(join(folder, format)));
  }
  samples.set('raw', layouts.map(rawSample));
  samples.set('gguf', [{ fileName: 'x.gguf', bytes: modelFile() }]);
  const checkpoints = samples.get('pt')!;
  const zipped = checkpoints.filter(({ bytes }) => bytes[0] === 0x50);
  checkpoints.push(...(await Promise.all(zipped.map(({ bytes }) => pickleOf(bytes)))));
  return samples;
}

function fixtures(folder: string): Sample[] {
  return readdirSync(folder)
    .filter((fileName) => !fileName.startsWith('bad_') && fileName !== 'expected.json')
    .map((fileName) => ({
      fileName: `x${extname(fileName)}`,
      bytes: Uint8Array.from(readFileSync(join(folder, fileName))),
    }))
    .filter(({ bytes }) => bytes.length <= maxSampleBytes);
}

/** What people say of files without a header. */
const layouts: readonly RawLayout[] = [
  { dtype: 'float32', shape: [-1], littleEndian: true, byteOffset: 0 },
  { dtype: 'bfloat16', shape: [-1, 16], littleEndian: true, byteOffset: 8 },
  { dtype: 'float64', shape: [4, 8], littleEndian: false, byteOffset: 0 },
  { dtype: 'int64', shape: [2, -1, 4], littleEndian: true, byteOffset: 3 },
  { dtype: 'float8_e4m3fn', shape: [8, 32], littleEndian: true, byteOffset: 0 },
];

/** A file without a header, which the layout is said of whatever becomes of it. */
function rawSample(layout: RawLayout): Sample {
  const values = Float32Array.from({ length: 128 }, Math.sin);
  return {
    fileName: 'x.bin',
    bytes: new Uint8Array(values.buffer),
    open: (file, fileName) => openRaw(file, fileName, layout),
  };
}

/** The pickle of a checkpoint, to be damaged within a sound zip file. */
async function pickleOf(file: Uint8Array): Promise<Sample> {
  const entries = (await new ZipReader(new Uint8ArrayReader(file), { useWebWorkers: false }).getEntries()).filter(
    (entry): entry is FileEntry => !entry.directory,
  );
  const members = await Promise.all(
    entries.map(async (entry): Promise<[string, Uint8Array]> => [
      entry.filename,
      await entry.getData(new Uint8ArrayWriter()),
    ]),
  );
  const isPickle = ([name]: [string, Uint8Array]) => name.endsWith('data.pkl');
  return {
    fileName: 'x.pt',
    bytes: members.find(isPickle)![1],
    wrap: (bytes) =>
      zipFile(
        members.map((member) => (isPickle(member) ? [member[0], bytes] : member)),
        { level: 0 },
      ),
  };
}

function modelFile(): Uint8Array {
  const floats = (count: number) => new Uint8Array(Float32Array.from({ length: count }, Math.sin).buffer);
  return ggufFile(
    [
      { name: 'blk.0.attn_norm.weight', lengths: [32], type: 0, data: floats(32) },
      { name: 'blk.0.ffn_up.weight', lengths: [256, 2], type: 12, data: new Uint8Array(288) },
      { name: 'output.weight', lengths: [8, 2, 2], type: 28, data: floats(64) },
    ],
    [
      ['general.architecture', (w) => w.uint32(8).string('llama')],
      ['general.alignment', (w) => w.uint32(4).uint32(32)],
      ['tokenizer.ggml.scores', (w) => [1, 2, 3].reduce((v, x) => v.float32(x), w.uint32(9).uint32(6).uint64(3))],
      ['tokenizer.ggml.tokens', (w) => ['a', 'b'].reduce((v, x) => v.string(x), w.uint32(9).uint32(8).uint64(2))],
    ],
  );
}
