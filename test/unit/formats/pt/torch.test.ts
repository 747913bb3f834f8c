import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { MemorySource } from '../../../../src/formats/byteSource';
import { openDump } from '../../../../src/formats/openDump';
import { readTensor } from '../../../../src/formats/readValues';
import { findPython } from '../../findPython';

const files = 40;

it(
  'reads what torch.save writes: random nests of random views, in both forms',
  { timeout: 120_000 },
  async (context) => {
    const python = await findPython('torch');
    if (python === undefined) {
      context.skip('No python3 with PyTorch here.');
      return;
    }
    const folder = await mkdtemp(join(tmpdir(), 'normscope-torch-'));
    try {
      const script = 'test/unit/formats/pt/torchOracle.py';
      const { stdout } = await promisify(execFile)(python, [script, folder, String(files)], { maxBuffer: 1 << 28 });
      const expected = stdout.trim().split('\n').map((line) => JSON.parse(line)); // prettier-ignore
      expect(expected).toHaveLength(files);
      for (const [i, tensors] of expected.entries()) {
        const dump = await openDump(new MemorySource(await readFile(join(folder, `${i}.pt`))), `${i}.pt`);
        const found = await Promise.all(dump.tensors.map((ref) => readTensor(ref)));
        expect(found.map(({ values, ...rest }) => ({ ...rest, values: Array.from(values, Number) }))).toEqual(tensors);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  },
);
