import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import { writeNpz } from '../../../src/formats/writeNpz';
import type { Tensor } from '../../../src/tensor/tensor';

const tensors: readonly Tensor[] = [
  { name: 'y', dtype: 'float64', shape: [2, 2], values: Float64Array.of(0.1, -0, NaN, Infinity) },
  { name: 'blocks.0.слой', dtype: 'float32', shape: [3], values: Float32Array.of(1.5, 2 ** -149, -3) },
  { name: 'loss', dtype: 'float64', shape: [], values: Float64Array.of(5) },
  { name: 'empty', dtype: 'int32', shape: [0, 5], values: new Int32Array() },
  { name: 'ids', dtype: 'int64', shape: [2], values: BigInt64Array.of(-1n, 2n ** 62n) },
  { name: 'mask', dtype: 'bool', shape: [3], values: Uint8Array.of(0, 1, 1) },
  { name: 'z', dtype: 'complex64', shape: [1], values: Float32Array.of(1, -2) },
];

const python = ['python3', '/usr/bin/python3'].find((path) => spawnSync(path, ['-c', 'import numpy']).status === 0);
if (python === undefined) {
  console.log('No python3 with NumPy here: files are not tried with NumPy.');
}

describe('writeNpz', () => {
  it('writes what openDump reads', async () => {
    const dump = await openDump(new MemorySource(await writeNpz(tensors)), 'out.npz');
    expect(await Promise.all(dump.tensors.map((ref) => readTensor(ref)))).toEqual(tensors);
    expect(dump.notes).toEqual([]);
  });

  it('writes narrow floats as float32, value for value', async () => {
    const half: Tensor = { name: 'h', dtype: 'bfloat16', shape: [2], values: Float32Array.of(1, 3 * 2 ** 127) };
    const [ref] = (await openDump(new MemorySource(await writeNpz([half])), 'out.npz')).tensors;
    expect(await readTensor(ref)).toEqual({ ...half, dtype: 'float32' });
  });

  it('writes equal tensors as equal bytes', async () => {
    expect(await writeNpz(tensors)).toEqual(await writeNpz(tensors));
  });

  it.skipIf(python === undefined)('writes what NumPy reads', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'normscope-'));
    const path = join(folder, 'out.npz');
    await writeFile(path, await writeNpz(tensors));
    const script = [
      'import sys, json, numpy',
      'file = numpy.load(sys.argv[1])',
      'print(json.dumps({k: [str(v.dtype), v.shape, v.astype("c16").view("f8").astype(str).ravel().tolist() if v.dtype.kind == "c" else v.astype(str).ravel().tolist()] for k, v in file.items()}))',
    ].join('\n');
    const { stdout, stderr } = spawnSync(python!, ['-c', script, path], { encoding: 'utf8' });
    await rm(folder, { recursive: true });
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toEqual({
      y: ['float64', [2, 2], ['0.1', '-0.0', 'nan', 'inf']],
      'blocks.0.слой': ['float32', [3], ['1.5', '1e-45', '-3.0']],
      loss: ['float64', [], ['5.0']],
      empty: ['int32', [0, 5], []],
      ids: ['int64', [2], ['-1', '4611686018427387904']],
      mask: ['bool', [3], ['False', 'True', 'True']],
      z: ['complex64', [1], ['1.0', '-2.0']],
    });
  });
});
