import { open } from 'node:fs/promises';
import { join } from 'node:path';
import type { Bench } from './bench';

/** A .npy file that is many times as long as the data, in the bench's folder. */
export interface LargeFile {
  readonly path: string;
  readonly bytes: number;
}

/** Bytes from the beginning of a .npy file to its values: enough for any of the sizes here. */
const headerBytes = 128;

/** Writes x again and again: 2 GiB from the size whose figures count. */
export async function writeLargeFile({ folder, data: { x }, rows, cols }: Bench): Promise<LargeFile> {
  const copies = 16;
  const path = join(folder, 'large.npy');
  const header = `{'descr': '<f4', 'fortran_order': False, 'shape': (${copies * rows}, ${cols}), }`;
  const magic = Buffer.from([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, headerBytes - 10, 0]);
  const file = await open(path, 'w');
  try {
    await file.write(Buffer.concat([magic, Buffer.from(`${header.padEnd(headerBytes - 11)}\n`)]));
    for (let copy = 0; copy < copies; copy++) {
      await file.write(x);
    }
  } finally {
    await file.close();
  }
  return { path, bytes: headerBytes + copies * x.byteLength };
}
