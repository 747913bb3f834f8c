import { LimitError } from '../../tensor/errors';
import { quote } from '../quote';
import type { GgufHeader } from './ggufHeader';

/** Bytes of a text that is shown; chat templates take some thousands. */
const maxTextBytes = 2 ** 16;

/** Bytes of a key; the format allows 2^16 - 1. */
const maxKeyBytes = 2 ** 16;

/** Entries of one file; the largest models have some dozens. */
const maxEntries = 2 ** 16;

/** Values of an array that are shown. */
const shownValues = 8;

/** Arrays within arrays. */
const maxDepth = 4;

/** The key, the type and one byte of value. */
const minEntryBytes = 13;

const stringType = 8;
const arrayType = 9;

interface Scalar {
  readonly bytes: number;
  read(view: DataView, littleEndian: boolean): number | bigint | boolean;
}

/** Types of metadata values by the number that files write. */
const scalars: ReadonlyMap<number, Scalar> = new Map<number, Scalar>([
  [0, { bytes: 1, read: (view) => view.getUint8(0) }],
  [1, { bytes: 1, read: (view) => view.getInt8(0) }],
  [2, { bytes: 2, read: (view, little) => view.getUint16(0, little) }],
  [3, { bytes: 2, read: (view, little) => view.getInt16(0, little) }],
  [4, { bytes: 4, read: (view, little) => view.getUint32(0, little) }],
  [5, { bytes: 4, read: (view, little) => view.getInt32(0, little) }],
  [6, { bytes: 4, read: (view, little) => shortest(view.getFloat32(0, little)) }],
  [7, { bytes: 1, read: (view) => view.getUint8(0) !== 0 }],
  [10, { bytes: 8, read: (view, little) => view.getBigUint64(0, little) }],
  [11, { bytes: 8, read: (view, little) => view.getBigInt64(0, little) }],
  [12, { bytes: 8, read: (view, little) => view.getFloat64(0, little) }],
]);

/**
 * Reads the key-value pairs of a GGUF file as texts. Of arrays, the vocabulary for example, the first values are shown and the
 * count.
 *
 * @throws FormatError if a type is unknown, a key stands twice, or the file ends before
 * @throws LimitError if there are too many
 */
export async function readGgufMetadata(header: GgufHeader, count: number): Promise<Map<string, string>> {
  if (count * minEntryBytes > header.remaining) {
    throw header.fault(`${count} metadata entries should follow in ${header.remaining} bytes`);
  }
  if (count > maxEntries) {
    throw new LimitError(`gguf: the file has ${count} metadata entries; at most ${maxEntries} are read.`);
  }
  const metadata = new Map<string, string>();
  for (let i = 0; i < count; i++) {
    const key = await header.string(maxKeyBytes);
    if (key === undefined || metadata.has(key)) {
      throw header.fault(key === undefined ? 'a key is too long' : `the key ${quote(key)} stands twice`);
    }
    await header.need(4);
    metadata.set(key, await value(header, header.uint32(), 0));
  }
  return metadata;
}

async function value(header: GgufHeader, type: number, depth: number): Promise<string> {
  if (type === stringType) {
    return (await header.string(maxTextBytes)) ?? `(text of more than ${maxTextBytes} bytes)`;
  }
  if (type === arrayType && depth < maxDepth) {
    return array(header, depth + 1);
  }
  const scalar = scalars.get(type);
  if (scalar === undefined) {
    throw header.fault(`the metadata type ${type} is unknown`);
  }
  await header.need(scalar.bytes);
  return String(scalar.read(header.bytes(scalar.bytes), header.littleEndian));
}

async function array(header: GgufHeader, depth: number): Promise<string> {
  await header.need(12);
  const type = header.uint32();
  const count = header.uint64();
  const minBytes = scalars.get(type)?.bytes ?? 8;
  if (count * minBytes > header.remaining) {
    throw header.fault(`an array of ${count} values should follow in ${header.remaining} bytes`);
  }
  const shown: string[] = [];
  while (shown.length < Math.min(count, shownValues)) {
    shown.push(await value(header, type, depth));
  }
  const rest = count - shown.length;
  if (rest > 0) {
    await skipValues(header, type, rest, depth);
    shown.push(`… ${count} in all`);
  }
  return `[${shown.join(', ')}]`;
}

async function skipValues(header: GgufHeader, type: number, count: number, depth: number): Promise<void> {
  const scalar = scalars.get(type);
  if (scalar) {
    header.skip(count * scalar.bytes);
    return;
  }
  for (let i = 0; i < count; i++) {
    if (type !== stringType) {
      await value(header, type, depth);
      continue;
    }
    const reading = header.need(8);
    if (reading) {
      // Only now and then: a vocabulary has hundreds of thousands of texts, of which a read brings thousands.
      await reading;
    }
    header.skip(header.uint64());
  }
}

/** The shortest decimals that round to a float32: 1e-5 rather than 0.000009999999747378752. */
function shortest(float32: number): number {
  for (let digits = 6; digits < 9; digits++) {
    const rounded = Number(float32.toPrecision(digits));
    if (Math.fround(rounded) === float32) {
      return rounded;
    }
  }
  return float32;
}
