import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { Workbench } from './workbench';

const tensors = 100;
const tensorBytes = 100_000_000;

/** 10 GB of zeros in a hundred tensors, of which the disk holds the header. */
async function writeSparse(path: string): Promise<void> {
  const entries = Array.from({ length: tensors }, (_, i) => [
    `layers.${i}.weight`,
    { dtype: 'F32', shape: [1000, tensorBytes / 4000], data_offsets: [i * tensorBytes, (i + 1) * tensorBytes] },
  ]);
  const header = Buffer.from(JSON.stringify(Object.fromEntries(entries)));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(header.length));
  const file = await open(path, 'w');
  await file.write(Buffer.concat([length, header]));
  await file.truncate(8 + header.length + tensors * tensorBytes);
  await file.close();
}

describe('a dump of ten gigabytes', () => {
  let workbench: Workbench;

  beforeAll(async () => {
    const prepare = (folder: string) => writeSparse(join(folder, 'large.safetensors'));
    workbench = await Workbench.start('dark', {}, { prepare });
    await workbench.openFile('large.safetensors');
  });
  afterAll(() => workbench?.close());

  it('is listed, and read through only when that is asked for', async () => {
    const { frame } = workbench.inspector;
    await frame.getByRole('treegrid', { name: 'Tensors of large.safetensors' }).waitFor();
    await frame.getByRole('button', { name: 'Compute Statistics' }).waitFor();
    await workbench.screenshot('large-dump');
  });

  it('shows how far that is, and keeps what it has when it is cancelled', async () => {
    const { frame } = workbench.inspector;
    await frame.getByRole('button', { name: 'Compute Statistics' }).click();
    // By then more is read than the eight tensors hold that are read at a time: of some the statistics are known.
    await frame.getByText(/[1-9][\d.]* GB of 10\S* GB · layers\.\d+\.weight/).waitFor();
    await workbench.screenshot('large-dump-scan');
    await frame.getByRole('button', { name: 'Cancel' }).click();
    await frame.getByText(/Statistics of \d+ of 100 tensors/).waitFor();
    await workbench.screenshot('large-dump-cancelled');
  });
});
