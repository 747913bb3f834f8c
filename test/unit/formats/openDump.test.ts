import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { FileSource } from '../../../src/formats/fileSource';
import { dumpExtensions, openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import { FormatError, LimitError } from '../../../src/tensor/errors';
import type { Tensor } from '../../../src/tensor/tensor';
import { expectationsIn, valuesHash, type ExpectedTensor } from './expectation';

const opened: FileSource[] = [];
afterEach(() => Promise.all(opened.splice(0).map((source) => source.close())));

async function openFile(folder: string, fileName: string) {
  const source = await FileSource.open(`${folder}/${fileName}`);
  opened.push(source);
  return openDump(source, fileName);
}

/** Opens a file and reads every tensor in it. */
async function readAll(folder: string, fileName: string): Promise<Tensor[]> {
  const { tensors } = await openFile(folder, fileName);
  return Promise.all(tensors.map((ref) => readTensor(ref)));
}

function summary(tensors: readonly Tensor[]) {
  return tensors.map((tensor) => ({ ...described(tensor), sha256: valuesHash(tensor) })).sort(byName);
}

function described({ name, dtype, shape }: { name: string; dtype: string; shape: readonly number[] }) {
  return { name, dtype, shape };
}

function expectedSummary(tensors: readonly ExpectedTensor[], nameless: string) {
  return tensors
    .map(({ name, dtype, shape, sha256 }) => ({ name: name ?? nameless, dtype, shape, sha256 }))
    .sort(byName);
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : 1;
}

/** Text, dates and such: the reference lists them as strings, which are no tensors to Normscope. */
function isNumeric(tensors: readonly ExpectedTensor[]): boolean {
  return tensors.every(({ sha256 }) => sha256 !== undefined);
}

describe.each(['npy', 'npz', 'safetensors', 'pt', 'json', 'ndjson', 'csv', 'h5'])('%s files', (format) => {
  const folder = `test/fixtures/formats/${format}`;
  for (const [fileName, expectation] of expectationsIn(folder)) {
    const { tensors, error, metadata, marker } = expectation;
    if (tensors && isNumeric(tensors)) {
      it(`reads ${fileName}`, async () => {
        const found = summary(await readAll(folder, fileName));
        const wanted = tensors.filter(
          ({ name, optional }) => !optional || found.some((tensor) => tensor.name === name),
        );
        expect(found).toEqual(expectedSummary(wanted, fileName.replace(/\.[^.]*$/, '')));
        expect(marker !== undefined && existsSync(marker)).toBe(false);
        if (metadata) {
          expect((await openFile(folder, fileName)).metadata).toEqual(metadata);
        }
      });
    } else {
      it(`refuses ${fileName}: ${error}`, async () => {
        await expect(readAll(folder, fileName)).rejects.toSatisfy(isPlainRefusal);
        expect(marker !== undefined && existsSync(marker)).toBe(false);
      });
    }
  }
});

function isPlainRefusal(error: unknown): boolean {
  return (
    (error instanceof FormatError || error instanceof LimitError) &&
    /^(npy|npz|safetensors|pt|json|ndjson|csv|hdf5): [^\n]+$/.test(error.message)
  );
}

describe('recorded dumps', () => {
  const folder = 'test/fixtures/dumps';
  it.each([
    ['preln.safetensors', 'preln.json'],
    ['preln.npz', 'preln.json'],
    ['rms_bf16.safetensors', 'rms_bf16.json'],
  ])('reads %s', async (fileName, sidecar) => {
    const { tensors } = JSON.parse(await readFile(`${folder}/${sidecar}`, 'utf8')) as { tensors: ExpectedTensor[] };
    expect(summary(await readAll(folder, fileName))).toEqual(expectedSummary(tensors, ''));
  });
});

describe('tensors of every dtype', () => {
  const folder = 'test/fixtures/rowstats';
  it('are the same in .npy files as in one .safetensors file', async () => {
    const all = await readAll(folder, 'tensors.safetensors');
    for (const tensor of all.filter(({ dtype }) => dtype !== 'bfloat16')) {
      expect(summary(await readAll(folder, `${tensor.name}.npy`))).toEqual(summary([tensor]));
    }
  });
});

describe('the choice of the format', () => {
  it('goes by the first bytes before the name', async () => {
    const { format, tensors } = await openDump(await sourceOf('npy/float32.npy'), 'weights.safetensors');
    expect(format).toBe('npy');
    expect(tensors.map(({ name }) => name)).toEqual(['weights.safetensors']);
    expect((await openDump(await sourceOf('npz/stored.npz'), 'stored.npy')).format).toBe('npz');
  });

  it('goes by the name where the first bytes say nothing, whatever its case', async () => {
    const source = await sourceOf('safetensors/all_dtypes.safetensors');
    expect((await openDump(source, 'MODEL.SAFETENSORS')).format).toBe('safetensors');
    await expect(openDump(source, 'model.onnx')).rejects.toMatchObject({
      message: 'dump: model.onnx is none of the formats that are read',
      advice: `Files of these kinds can be opened: ${dumpExtensions.join(', ')}.`,
    });
  });

  it('is among the endings it names', () => {
    expect(dumpExtensions).toEqual(expect.arrayContaining(['.npy', '.safetensors', '.pt', '.ndjson', '.tsv']));
  });
});

async function sourceOf(path: string): Promise<MemorySource> {
  return new MemorySource(await readFile(`test/fixtures/formats/${path}`));
}
