import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter } from '@zip.js/zip.js';
import type { Tensor } from '../tensor/tensor';
import { writeNpy } from './writeNpy';

/** The date that NumPy gives to members too: equal tensors make equal files. */
const lastModDate = new Date(1980, 0, 1);

/**
 * Makes the bytes of a .npz file as `numpy.savez` does: a stored .npy member for each tensor, by its name.
 *
 * @param tensors with different names
 */
export async function writeNpz(tensors: readonly Tensor[]): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), {
    level: 0,
    lastModDate,
    extendedTimestamp: false,
    useWebWorkers: false,
  });
  for (const tensor of tensors) {
    await zip.add(`${tensor.name}.npy`, new Uint8ArrayReader(writeNpy(tensor)));
  }
  return zip.close();
}
