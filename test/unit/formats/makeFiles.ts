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

/** A tensor of a GGUF file. */
export interface GgufTensor {
  readonly name: string;
  /** Lengths, the fastest axis first. */
  readonly lengths: readonly number[];
  /** Number of the GGML type. */
  readonly type: number;
  /** By default where the tensor before it ends, aligned. */
  readonly offset?: number;
  readonly data: Uint8Array;
}

/** Writes the fields of a GGUF file one after the other. */
export class GgufWriter {
  private readonly parts: Uint8Array[] = [];

  constructor(private readonly littleEndian = true) {}

  get length(): number {
    return this.parts.reduce((sum, part) => sum + part.length, 0);
  }

  bytes(part: Uint8Array): this {
    this.parts.push(part);
    return this;
  }

  uint32(value: number): this {
    return this.field(4, (view) => view.setUint32(0, value, this.littleEndian));
  }

  uint64(value: number | bigint): this {
    return this.field(8, (view) => view.setBigUint64(0, BigInt(value), this.littleEndian));
  }

  float32(value: number): this {
    return this.field(4, (view) => view.setFloat32(0, value, this.littleEndian));
  }

  string(text: string): this {
    const bytes = new TextEncoder().encode(text);
    return this.uint64(bytes.length).bytes(bytes);
  }

  pad(alignment: number): this {
    return this.bytes(new Uint8Array((alignment - (this.length % alignment)) % alignment));
  }

  toBytes(): Uint8Array {
    return Uint8Array.from(Buffer.concat(this.parts));
  }

  private field(length: number, write: (view: DataView) => void): this {
    const view = new DataView(new ArrayBuffer(length));
    write(view);
    return this.bytes(new Uint8Array(view.buffer));
  }
}

/** A GGUF file; each metadata entry is its key and a function that writes type and value. */
export function ggufFile(
  tensors: readonly GgufTensor[],
  metadata: readonly [key: string, write: (writer: GgufWriter) => GgufWriter][] = [],
  { version = 3, littleEndian = true, alignment = 32 } = {},
): Uint8Array {
  const writer = new GgufWriter(littleEndian).bytes(Buffer.from('GGUF')).uint32(version);
  writer.uint64(tensors.length).uint64(metadata.length);
  for (const [key, write] of metadata) {
    write(writer.string(key));
  }
  let next = 0;
  for (const { name, lengths, type, offset = next, data } of tensors) {
    writer.string(name).uint32(lengths.length);
    lengths.forEach((length) => writer.uint64(length));
    writer.uint32(type).uint64(offset);
    next = Math.ceil((offset + data.length) / alignment) * alignment;
  }
  for (const { data } of tensors) {
    writer.pad(alignment).bytes(data);
  }
  return writer.toBytes();
}
