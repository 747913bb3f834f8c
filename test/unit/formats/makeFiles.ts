import { Uint8ArrayReader, Uint8ArrayWriter, ZipWriter, type ZipWriterConstructorOptions } from '@zip.js/zip.js';

/** A .npy file with the header as given. */
export function npyFile(header: string, data: Uint8Array = new Uint8Array(), version = 1): Uint8Array {
  const text = version === 3 ? new TextEncoder().encode(header) : Uint8Array.from(header, (c) => c.charCodeAt(0));
  const length = version === 1 ? new Uint8Array(2) : new Uint8Array(4);
  new DataView(length.buffer).setUint16(0, text.length, true);
  return Uint8Array.from([0x93, ...Buffer.from('NUMPY'), version, 0, ...length, ...text, ...data]);
}

/** A .npy file of float64 values in C order. */
export function float64Npy(shape: readonly number[], values: readonly number[]): Uint8Array {
  const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape.map((length) => `${length},`).join('')})}`;
  return npyFile(header, new Uint8Array(Float64Array.from(values).buffer));
}

/** A .safetensors file with the header as given. */
export function safetensorsFile(header: unknown, data: Uint8Array = new Uint8Array()): Uint8Array {
  const text = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header));
  const length = new Uint8Array(BigUint64Array.of(BigInt(text.length)).buffer);
  return Uint8Array.from([...length, ...text, ...data]);
}

/** A zip file of the members as given. */
export async function zipFile(
  members: readonly [name: string, content: Uint8Array][],
  options: ZipWriterConstructorOptions = {},
): Promise<Uint8Array> {
  const zip = new ZipWriter(new Uint8ArrayWriter(), { useWebWorkers: false, ...options });
  for (const [name, content] of members) {
    await zip.add(name, new Uint8ArrayReader(content));
  }
  return zip.close();
}
