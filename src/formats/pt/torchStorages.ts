import type { DType } from '../../tensor/dtype';
import { Foreign, itemsOf, PickleGlobal, type PickleValue } from './pickleValue';
import { TorchStorage } from './torchObjects';

/** Storage classes that say the type of their elements; `UntypedStorage` counts bytes. */
const dtypesByClass: Readonly<Record<string, DType>> = {
  DoubleStorage: 'float64',
  FloatStorage: 'float32',
  HalfStorage: 'float16',
  BFloat16Storage: 'bfloat16',
  LongStorage: 'int64',
  IntStorage: 'int32',
  ShortStorage: 'int16',
  CharStorage: 'int8',
  ByteStorage: 'uint8',
  BoolStorage: 'bool',
  ComplexFloatStorage: 'complex64',
  ComplexDoubleStorage: 'complex128',
  UntypedStorage: 'uint8',
};

const storagesByName = new Map<string, DType>(
  Object.entries(dtypesByClass).flatMap(([name, dtype]) => [
    [`torch.${name}`, dtype],
    [`torch.storage.${name}`, dtype],
  ]),
);

/** Storages of quantized values, which say no more than that. */
const quantizedStorages = new Set(
  ['QInt8', 'QUInt8', 'QInt32', 'QUInt4x2', 'QUInt2x4'].map((name) => `torch.${name}Storage`),
);

/** What classes of storages are called. */
export const storageNames: readonly string[] = [...storagesByName.keys(), ...quantizedStorages];

/**
 * The storage of a persistent id: ('storage', class, key, device, count), in old files followed by None or by a view of it,
 * (key, start, count). Where a class was saved with its source text, the class.
 */
export function torchStorage(id: PickleValue, fault: (reason: string) => Error): PickleValue {
  const [tag, type, key, , count, view = null] = itemsOf(id) ?? [];
  if (tag === 'module') {
    return type;
  }
  if (type instanceof Foreign || (type instanceof PickleGlobal && quantizedStorages.has(type.name))) {
    return new Foreign(type.name);
  }
  const dtype = type instanceof PickleGlobal ? storagesByName.get(type.name) : undefined;
  const [, start, viewCount] = view === null ? [null, 0, count] : (itemsOf(view) ?? []);
  if (
    tag !== 'storage' ||
    dtype === undefined ||
    typeof key !== 'string' ||
    !isCount(count) ||
    !isCount(start) ||
    !isCount(viewCount) ||
    start + viewCount > count
  ) {
    throw fault('refers to something outside that is no storage');
  }
  return new TorchStorage(key, dtype, start + viewCount, start);
}

function isCount(value: PickleValue): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
