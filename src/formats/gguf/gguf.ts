import { dtypes } from '../../tensor/dtype';
import { LimitError } from '../../tensor/errors';
import { cOrderStrides, elementCount, formatShape, type Shape } from '../../tensor/shape';
import type { ByteSource } from '../byteSource';
import type { Dump, TensorRef, UndecodedTensor } from '../dump';
import { headerShape } from '../headerShape';
import { quote } from '../quote';
import { ggmlTypes, type GgmlType } from './ggmlTypes';
import { GgufHeader, ggufFault } from './ggufHeader';
import { readGgufMetadata } from './ggufMetadata';

/** "GGUF". */
export const ggufMagic = [0x47, 0x47, 0x55, 0x46];

/** Tensors of one file; the largest models have some thousands. */
const maxTensors = 2 ** 17;

/** Bytes of a tensor's name; the format allows 64. */
const maxNameBytes = 2 ** 10;

/** Axes of a tensor; GGML has 4. */
const maxAxes = 8;

/** A name without text, the axes, the type and the offset. */
const minInfoBytes = 24;

const defaultAlignment = 32;

/** A tensor as the header describes it. */
interface TensorInfo {
  readonly name: string;
  readonly shape: Shape;
  readonly typeNumber: number;
  readonly type: GgmlType | undefined;
  /** From the beginning of the data. */
  readonly offset: number;
}

/**
 * Opens a GGUF file, versions 2 and 3, of either byte order (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md).
 * Quantized tensors are listed and not read.
 *
 * @throws FormatError if the file is malformed or cut short
 * @throws LimitError if its header is larger than any
 */
export async function openGguf(source: ByteSource, _fileName: string, signal?: AbortSignal): Promise<Dump> {
  const header = new GgufHeader(source, signal);
  const { tensorCount, metadataCount } = await readPreamble(header);
  const metadata = await readGgufMetadata(header, metadataCount);
  const infos = await readTensorInfos(header, tensorCount);
  const alignment = Number(metadata.get('general.alignment') ?? defaultAlignment);
  if (!Number.isSafeInteger(alignment) || alignment <= 0) {
    throw ggufFault(`general.alignment is ${quote(String(alignment))}; it must be a positive whole number`);
  }
  const dataStart = Math.ceil(header.byteOffset / alignment) * alignment;
  const tensors: TensorRef[] = [];
  const undecoded: UndecodedTensor[] = [];
  for (const info of infos) {
    const { name, shape, type, typeNumber } = info;
    const byteOffset = dataStart + info.offset;
    const bytes = type && byteLength(info, type);
    const end = byteOffset + (bytes ?? 0);
    if (end > source.size) {
      throw ggufFault(
        `tensor ${quote(name)} ${formatShape(shape)} ends at byte ${end} of a file of ${source.size}`,
        byteOffset,
      );
    }
    if (type?.dtype === undefined) {
      const dtypeName = type?.name ?? `type ${typeNumber}`;
      const reason = type ? `its values are quantized in blocks (${dtypeName})` : `its ${dtypeName} is unknown`;
      undecoded.push({ name, dtypeName, shape, bytes, reason });
      continue;
    }
    const { dtype } = type;
    const strides = cOrderStrides(shape).map((stride) => stride * dtypes[dtype].bytes);
    tensors.push({ name, dtype, shape, source, byteOffset, strides, littleEndian: header.littleEndian });
  }
  return { format: 'gguf', metadata: Object.fromEntries(metadata), tensors, undecoded, notes: [] };
}

/** Reads what stands before the metadata, and finds out the byte order. */
async function readPreamble(header: GgufHeader): Promise<{ tensorCount: number; metadataCount: number }> {
  await header.need(24);
  const magic = header.bytes(4);
  if (ggufMagic.some((byte, i) => magic.getUint8(i) !== byte)) {
    throw ggufFault('the file does not begin with GGUF', 0);
  }
  const versionBytes = header.bytes(4);
  // Versions are small: one whose lower half is empty has its bytes the other way round.
  header.littleEndian = versionBytes.getUint16(0, true) !== 0;
  const version = versionBytes.getUint32(0, header.littleEndian);
  if (version !== 2 && version !== 3) {
    throw ggufFault(`the version is ${version}; versions 2 and 3 are read`, 4);
  }
  return { tensorCount: header.uint64(), metadataCount: header.uint64() };
}

async function readTensorInfos(header: GgufHeader, count: number): Promise<TensorInfo[]> {
  if (count * minInfoBytes > header.remaining) {
    throw header.fault(`${count} tensors should follow in ${header.remaining} bytes`);
  }
  if (count > maxTensors) {
    throw new LimitError(`gguf: the file has ${count} tensors; at most ${maxTensors} are listed.`);
  }
  const infos = new Map<string, TensorInfo>();
  for (let i = 0; i < count; i++) {
    const name = await header.string(maxNameBytes);
    if (name === undefined || infos.has(name)) {
      throw header.fault(
        name === undefined ? 'the name of a tensor is too long' : `tensor ${quote(name)} stands twice`,
      );
    }
    await header.need(4);
    const axes = header.uint32();
    if (axes > maxAxes) {
      throw header.fault(`tensor ${quote(name)} has ${axes} axes; at most ${maxAxes} are read`);
    }
    await header.need(8 * axes + 12);
    // The file names the fastest axis first.
    const lengths = Array.from({ length: axes }, () => header.uint64()).reverse();
    const shape = headerShape(lengths, (reason) => header.fault(`tensor ${quote(name)}: the shape ${reason}`));
    const typeNumber = header.uint32();
    infos.set(name, { name, shape, typeNumber, type: ggmlTypes.get(typeNumber), offset: header.uint64() });
  }
  return [...infos.values()];
}

function byteLength({ name, shape }: TensorInfo, { name: typeName, blockValues, blockBytes }: GgmlType): number {
  if ((shape.at(-1) ?? 1) % blockValues !== 0) {
    throw ggufFault(
      `tensor ${quote(name)}: rows of ${shape.at(-1)} values are no whole number of ${typeName} blocks of ${blockValues}`,
    );
  }
  return (elementCount(shape) / blockValues) * blockBytes;
}
