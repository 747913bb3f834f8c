import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { writeNpy } from '../../src/formats/writeNpy';
import type { Bench } from './bench';

/** A .npy file that is many times as long as the data, in the bench's folder. */
export interface LargeFile {
  readonly path: string;
  readonly bytes: number;
}

/** Writes x again and again: 2 GiB from the size whose figures count. */
export async function writeLargeFile({ folder, data: { x }, rows, cols }: Bench): Promise<LargeFile> {
  const copies = 16;
  const path = join(folder, 'large.npy');
  const header = writeNpy({ name: 'x', dtype: 'float32', shape: [copies * rows, cols], values: new Float32Array() });
  const file = await open(path, 'w');
  try {
    await file.write(header);
    for (let copy = 0; copy < copies; copy++) {
      await file.write(x);
    }
  } finally {
    await file.close();
  }
  return { path, bytes: header.length + copies * x.byteLength };
}
