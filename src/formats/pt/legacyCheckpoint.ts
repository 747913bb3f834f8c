import { dtypes } from '../../tensor/dtype';
import { FormatError } from '../../tensor/errors';
import type { ByteSource } from '../byteSource';
import type { Dump } from '../dump';
import { quote } from '../quote';
import { checkpointDump, maxPickleBytes, namesOf } from './checkpointDump';
import type { PickleValue } from './pickleValue';
import { readPickle, type PickleWorld } from './readPickle';
import { torchWorld } from './torchGlobals';
import { TorchStorage } from './torchObjects';
import type { StoragePlace } from './torchTensorRef';

/** A pickle of the number 0x1950a86a20f9469cfc6c, as every such file begins. */
export const legacyMagic = [0x80, 2, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

const magicNumber = 0x1950a86a20f9469cfc6cn;

const cutShort = { advice: 'The file may be cut short; save or copy it again.' };

/**
 * Opens a checkpoint as torch.save wrote it before version 1.6: five pickles (a magic number, a version, the machine's sizes,
 * the object, the keys of its storages), then of each storage its count of elements in 8 bytes and the elements. Both are
 * little-endian whatever the machine was.
 *
 * @throws FormatError if the file is malformed, or holds no tensors
 * @throws LimitError if it is larger than any checkpoint
 */
export async function openLegacyCheckpoint(source: ByteSource, fileName: string, signal?: AbortSignal): Promise<Dump> {
  const bytes = await source.read(0, Math.min(source.size, maxPickleBytes), signal);
  const storages = new Map<string, TorchStorage>();
  const world: PickleWorld = {
    global: (name) => torchWorld.global(name),
    persistent: (id, fault) => {
      const object = torchWorld.persistent(id, fault);
      if (object instanceof TorchStorage) {
        storages.set(object.key, object);
      }
      return object;
    },
  };
  const version = readPickle(bytes, readMagic(bytes), world, 0);
  const machine = readPickle(bytes, version.end, world, 0);
  const object = readPickle(bytes, machine.end, world, 0);
  const keys = readPickle(bytes, object.end, world, 0);
  const places = await placeStorages(source, keys.end, keys.value, storages, signal);
  return checkpointDump(object, fileName, async ({ key }) => {
    const place = places.get(key);
    if (place === undefined) {
      throw new FormatError('pt', `the storage ${quote(key)} is not in the file`);
    }
    return place;
  });
}

/** Where the first pickle ends. */
function readMagic(bytes: Uint8Array): number {
  let reason = 'is neither a zip file nor a run of pickles';
  try {
    const { value, end, foreignNames } = readPickle(bytes, 0, torchWorld, 0);
    if (value === magicNumber) {
      return end;
    }
    if (foreignNames.size > 0) {
      reason = `is a pickle that asks for ${namesOf([...foreignNames])}; nothing is ever run`;
    }
  } catch (cause) {
    throw new FormatError('pt', bytes.length === 0 ? 'the file is empty' : `the file ${reason}`, 0, { cause });
  }
  throw new FormatError('pt', `the file does not begin with the magic number of PyTorch: it ${reason}`, 0);
}

async function placeStorages(
  source: ByteSource,
  start: number,
  keys: PickleValue,
  storages: ReadonlyMap<string, TorchStorage>,
  signal?: AbortSignal,
): Promise<Map<string, StoragePlace>> {
  if (!Array.isArray(keys)) {
    throw new FormatError('pt', 'the last pickle is no list of storages', start);
  }
  const places = new Map<string, StoragePlace>();
  let position = start;
  for (const key of keys) {
    const storage = typeof key === 'string' ? storages.get(key) : undefined;
    if (storage === undefined) {
      throw new FormatError('pt', `the list of storages names one that no tensor has, or of an unknown type`, position);
    }
    const where = `the storage ${quote(storage.key)}`;
    if (position + 8 > source.size) {
      throw new FormatError('pt', `the file ends before ${where}`, source.size, cutShort);
    }
    const header = await source.read(position, position + 8, signal);
    const count = Number(new DataView(header.buffer, header.byteOffset).getBigUint64(0, true));
    const bytes = count * dtypes[storage.dtype].bytes;
    const byteOffset = position + 8;
    if (byteOffset + bytes > source.size) {
      throw new FormatError(
        'pt',
        `${where} takes ${bytes} bytes, ${source.size - byteOffset} follow`,
        position,
        cutShort,
      );
    }
    places.set(storage.key, { source, byteOffset, bytes, littleEndian: true, fileOffset: byteOffset });
    position = byteOffset + bytes;
  }
  return places;
}
