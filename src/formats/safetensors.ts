import type { DType } from '../tensor/dtype';
import { FormatError } from '../tensor/errors';
import { cOrderStrides, elementCount, formatShape, type Shape } from '../tensor/shape';
import { dtypes } from '../tensor/dtype';
import type { ByteSource } from './byteSource';
import type { Dump, TensorRef, UndecodedTensor } from './dump';
import { headerShape } from './headerShape';
import { oneLine, quote } from './quote';
import { parseStrictJson } from './strictJson';

/** The limit that the format itself sets, against headers made to exhaust memory. */
const maxHeaderBytes = 100_000_000;

const readableDTypes = new Map<string, DType>(
  Object.entries({
    F64: 'float64',
    F32: 'float32',
    F16: 'float16',
    BF16: 'bfloat16',
    F8_E4M3: 'float8_e4m3fn',
    F8_E5M2: 'float8_e5m2',
    I64: 'int64',
    I32: 'int32',
    I16: 'int16',
    I8: 'int8',
    U64: 'uint64',
    U32: 'uint32',
    U16: 'uint16',
    U8: 'uint8',
    BOOL: 'bool',
    C64: 'complex64',
  }),
);

/** Bits per element of the format's other dtypes: their places in the file can be checked, their values not read. */
const opaqueDTypeBits = new Map([
  ['F4', 4],
  ['F6_E2M3', 6],
  ['F6_E3M2', 6],
  ['F8_E8M0', 8],
]);

/** A tensor as the header describes it. */
interface HeaderEntry {
  readonly name: string;
  readonly dtypeName: string;
  readonly shape: Shape;
  /** Within the data, which begins after the header. */
  readonly begin: number;
  readonly end: number;
}

/**
 * Opens a .safetensors file: 8 bytes of header length, a JSON header, then the tensors end to end in little-endian C order
 * (https://huggingface.co/docs/safetensors). Tensors of dtypes smaller than a byte, and of bare exponents, are listed and not
 * read.
 *
 * @throws FormatError if the file is malformed in any way that the format names
 */
export async function openSafetensors(source: ByteSource, _fileName: string, signal?: AbortSignal): Promise<Dump> {
  const { header, dataOffset } = await readHeader(source, signal);
  const metadata = metadataOf(header);
  const entries = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => entryOf(name, entry, dataOffset))
    .sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkLayout(entries, dataOffset, source.size);
  const tensors: TensorRef[] = [];
  const undecoded: UndecodedTensor[] = [];
  for (const { name, dtypeName, shape, begin, end } of entries) {
    const dtype = readableDTypes.get(dtypeName);
    if (dtype === undefined) {
      undecoded.push({ name, dtypeName, shape, bytes: end - begin, reason: `its dtype ${dtypeName} is not decoded` });
      continue;
    }
    const strides = cOrderStrides(shape).map((stride) => stride * dtypes[dtype].bytes);
    tensors.push({ name, dtype, shape, source, byteOffset: dataOffset + begin, strides, littleEndian: true });
  }
  return { format: 'safetensors', metadata, tensors, undecoded, notes: [] };
}

function refusal(reason: string, byteOffset?: number, options?: { advice?: string; cause?: unknown }): FormatError {
  return new FormatError('safetensors', reason, byteOffset, options);
}

const cutShort = { advice: 'The file may be cut short; copy or download it again.' };

async function readHeader(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<{ header: Record<string, unknown>; dataOffset: number }> {
  if (source.size < 8) {
    throw refusal(
      `the file has ${source.size} bytes; it must begin with 8 bytes that give the length of its header`,
      0,
    );
  }
  const lengthBytes = await source.read(0, 8, signal);
  const length = new DataView(lengthBytes.buffer, lengthBytes.byteOffset).getBigUint64(0, true);
  if (length > maxHeaderBytes) {
    throw refusal(`the header length is ${length}; the format allows ${maxHeaderBytes} bytes`, 0);
  }
  const dataOffset = 8 + Number(length);
  if (dataOffset > source.size) {
    throw refusal(`the header takes ${length} bytes, ${source.size - 8} follow its length`, 0, cutShort);
  }
  const bytes = await source.read(8, dataOffset, signal);
  if (bytes[0] !== 0x7b) {
    throw refusal(length === 0n ? 'the header is empty' : 'the header does not begin with {', 8);
  }
  return { header: parseHeader(bytes), dataOffset };
}

function parseHeader(bytes: Uint8Array): Record<string, unknown> {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (cause) {
    throw refusal('the header is not valid UTF-8', 8, { cause });
  }
  try {
    return parseStrictJson(text) as Record<string, unknown>;
  } catch (cause) {
    throw refusal(`the JSON of the header is faulty: ${oneLine((cause as SyntaxError).message)}`, 8, { cause });
  }
}

function metadataOf(header: Record<string, unknown>): Record<string, string> {
  const metadata = Object.hasOwn(header, '__metadata__') ? header.__metadata__ : {};
  if (!isObject(metadata)) {
    throw refusal('__metadata__ is not an object', 8);
  }
  for (const [key, value] of Object.entries(metadata)) {
    if (typeof value !== 'string') {
      throw refusal(`__metadata__ holds a value for ${quote(key)} that is not a string`, 8);
    }
  }
  return metadata as Record<string, string>;
}

function entryOf(name: string, entry: unknown, dataOffset: number): HeaderEntry {
  const refuse = (reason: string, byteOffset = 8) => refusal(`tensor ${quote(name)}: ${reason}`, byteOffset);
  if (!isObject(entry)) {
    throw refuse('its entry in the header is not an object');
  }
  const { dtype, shape: lengths, data_offsets: offsets } = entry;
  if (typeof dtype !== 'string') {
    throw refuse('its dtype is not a string');
  }
  const readable = readableDTypes.get(dtype);
  const bits = readable === undefined ? opaqueDTypeBits.get(dtype) : 8 * dtypes[readable].bytes;
  if (bits === undefined) {
    throw refuse(`the dtype ${quote(dtype)} is unknown`);
  }
  const shape = headerShape(lengths, (reason) => refuse(`the shape ${reason}`));
  if (!Array.isArray(offsets) || offsets.length !== 2 || !offsets.every((n) => Number.isSafeInteger(n) && n >= 0)) {
    throw refuse(`data_offsets is ${quote(JSON.stringify(offsets) ?? 'missing')}; it must be two byte positions`);
  }
  const [begin, end] = offsets as [number, number];
  const needed = (elementCount(shape) * bits) / 8;
  if (end - begin !== needed) {
    throw refuse(
      `${formatShape(shape)} ${dtype} takes ${needed} bytes, its data_offsets [${begin}, ${end}] give ${end - begin}`,
      dataOffset + begin,
    );
  }
  return { name, dtypeName: dtype, shape, begin, end };
}

/** The format demands that the tensors fill the data: no gaps, no overlaps, nothing behind the last. */
function checkLayout(entries: readonly HeaderEntry[], dataOffset: number, fileSize: number): void {
  const dataBytes = fileSize - dataOffset;
  let position = 0;
  for (const { name, begin, end } of entries) {
    if (begin !== position) {
      const fault =
        begin < position ? 'overlaps the tensor before it' : `leaves ${begin - position} bytes unused before it`;
      throw refusal(`tensor ${quote(name)} ${fault}`, dataOffset + begin);
    }
    if (end > dataBytes) {
      throw refusal(
        `tensor ${quote(name)} ends at byte ${end} of the data, which has ${dataBytes}`,
        dataOffset + begin,
        cutShort,
      );
    }
    position = end;
  }
  if (position < dataBytes) {
    throw refusal(`${dataBytes - position} bytes follow the last tensor`, dataOffset + position);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
