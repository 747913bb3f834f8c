import { readFile } from 'node:fs/promises';
import type { Tensor } from '../../../src/tensor/tensor';

/** Reads a stored (uncompressed) npz of little-endian C-order float64 or float32 arrays. */
export async function readNpz(path: string): Promise<Map<string, Tensor>> {
  const file = await readFile(path);
  const tensors = new Map<string, Tensor>();
  const end = file.lastIndexOf('PK\x05\x06');
  let entry = file.readUInt32LE(end + 16);
  while (file.readUInt32LE(entry) === 0x02014b50) {
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((at) => file.readUInt16LE(entry + at));
    const name = file.toString('utf8', entry + 46, entry + 46 + nameLength).replace(/\.npy$/, '');
    const local = file.readUInt32LE(entry + 42);
    const npy = local + 30 + file.readUInt16LE(local + 26) + file.readUInt16LE(local + 28);
    const headerEnd = npy + 10 + file.readUInt16LE(npy + 8);
    const header = file.toString('latin1', npy + 10, headerEnd);
    const shape = /\(([^)]*)\)/
      .exec(header)![1]
      .split(',')
      .filter((part) => part.trim())
      .map(Number);
    const count = shape.reduce((product, length) => product * length, 1);
    const isDouble = header.includes('<f8');
    const bytes = file.buffer.slice(
      file.byteOffset + headerEnd,
      file.byteOffset + headerEnd + count * (isDouble ? 8 : 4),
    );
    if (header.includes('<f')) {
      tensors.set(name, {
        name,
        dtype: isDouble ? 'float64' : 'float32',
        shape,
        values: isDouble ? new Float64Array(bytes) : new Float32Array(bytes),
      });
    }
    entry += 46 + nameLength + extraLength + commentLength;
  }
  return tensors;
}
