import type { DType } from '../../tensor/dtype';
import { Foreign, PickleGlobal, PickleTuple, type PickleValue } from './pickleValue';
import type { PickleWorld } from './readPickle';
import { TorchStorage, TorchTensor } from './torchObjects';

type Call = NonNullable<PickleGlobal['call']>;

/** Storage classes that say the type of their elements; `UntypedStorage` counts bytes. */
const storageDTypes: Readonly<Record<string, DType>> = {
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

const dtypeNames: readonly DType[] = [
  'float64', 'float32', 'float16', 'bfloat16', 'float8_e4m3fn', 'float8_e5m2', 'int64', 'int32', 'int16', 'int8',
  'uint64', 'uint32', 'uint16', 'uint8', 'bool', 'complex64', 'complex128',
]; // prettier-ignore

/** `_rebuild_tensor(storage, offset, size, stride)`; the later versions carry on with what does not change the values. */
const rebuildTensor: Call = (args, fault) => tensor(args, undefined, fault);

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype)`: the storage counts bytes. */
const rebuildTensorV3: Call = (args, fault) => {
  const dtype = args[6];
  if (dtype instanceof Foreign) {
    return new Foreign(dtype.name);
  }
  const known = dtype instanceof PickleGlobal ? dtypesByName.get(dtype.name) : undefined;
  if (known === undefined) {
    throw fault('builds a tensor of something that is no dtype');
  }
  return tensor(args, known, fault);
};

/** `_rebuild_parameter(tensor, …)`: a parameter is its tensor. */
const firstArgument: Call = (args, fault) => {
  if (args.length === 0) {
    throw fault('builds a parameter of nothing');
  }
  return args[0];
};

/** `_rebuild_from_type_v2(function, type, args, state)`: a tensor with attributes. */
const rebuildFromType: Call = ([rebuild, , args], fault) => {
  if (rebuild instanceof Foreign) {
    return new Foreign(rebuild.name);
  }
  if (!(rebuild instanceof PickleGlobal && rebuilders.has(rebuild.name) && args instanceof PickleTuple)) {
    throw fault('builds a tensor by something that builds none');
  }
  return rebuild.call!(args.items, fault);
};

/** A list or tuple of its items, of which there may be none. */
const listOf: Call = ([items = []], fault) => {
  if (!Array.isArray(items) && !(items instanceof PickleTuple)) {
    throw fault('makes a list of something that is none');
  }
  return items;
};

/** `OrderedDict()` or `OrderedDict([(key, value), …])`. */
const orderedDict: Call = ([pairs = []], fault) => {
  const dict = new Map<PickleValue, PickleValue>();
  for (const pair of itemsOf(pairs) ?? []) {
    const items = itemsOf(pair);
    if (items?.length !== 2) {
      throw fault('makes a dict of something that is no list of pairs');
    }
    dict.set(items[0], items[1]);
  }
  return dict;
};

/** The functions that make tensors. */
const rebuilders = new Map<string, Call>([
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_tensor_v3', rebuildTensorV3],
  ['torch._utils._rebuild_parameter', firstArgument],
  ['torch._utils._rebuild_parameter_with_state', firstArgument],
]);

const dtypesByName = new Map<string, DType>(dtypeNames.map((dtype) => [`torch.${dtype}`, dtype]));

const storagesByName = new Map<string, DType>(
  Object.entries(storageDTypes).flatMap(([name, dtype]) => [
    [`torch.${name}`, dtype],
    [`torch.storage.${name}`, dtype],
  ]),
);

/** All that a checkpoint may name: what makes tensors and plain containers, and what types are called. */
const allowed = new Map<string, PickleGlobal>(
  [
    ...[...rebuilders].map(([name, call]) => new PickleGlobal(name, call)),
    ...[...dtypesByName.keys(), ...storagesByName.keys()].map((name) => new PickleGlobal(name)),
    new PickleGlobal('torch._tensor._rebuild_from_type_v2', rebuildFromType),
    new PickleGlobal('torch.Tensor'),
    new PickleGlobal('torch.nn.parameter.Parameter'),
    new PickleGlobal('torch.Size', listOf),
    // The device that a tensor was on, and bytes, say nothing about values.
    new PickleGlobal('torch.device', () => null),
    new PickleGlobal('_codecs.encode', () => null),
    new PickleGlobal('collections.OrderedDict', orderedDict),
    new PickleGlobal('collections.defaultdict', () => new Map()),
    ...['__builtin__.set', 'builtins.set'].map((name) => new PickleGlobal(name, listOf)),
  ].map((found) => [found.name, found]),
);

/** What a checkpoint of PyTorch may reach: the allow-list, and storages. */
export const torchWorld: PickleWorld = { global: (name) => allowed.get(name), persistent: torchStorage };

/**
 * The storage of a persistent id: ('storage', class, key, device, count), in old files followed by None or by a view of it,
 * (key, start, count). Where a class was saved with its source text, the class.
 */
function torchStorage(id: PickleValue, fault: (reason: string) => Error): PickleValue {
  const [tag, type, key, , count, view = null] = itemsOf(id) ?? [];
  if (tag === 'module') {
    return type;
  }
  if (type instanceof Foreign) {
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

function tensor(
  [storage, offset, size, strides]: readonly PickleValue[],
  dtype: DType | undefined,
  fault: (reason: string) => Error,
): PickleValue {
  // What the storage is not known to hold, the tensor does not show: a quantized one for example.
  if (storage instanceof Foreign) {
    return new Foreign(storage.name);
  }
  const lengths = itemsOf(size);
  const steps = itemsOf(strides);
  if (!(storage instanceof TorchStorage) || !lengths || !steps) {
    throw fault('builds a tensor of something that is no storage, size and stride');
  }
  return new TorchTensor(storage, dtype ?? storage.dtype, offset, lengths, steps);
}

function itemsOf(value: PickleValue): readonly PickleValue[] | undefined {
  return value instanceof PickleTuple ? value.items : Array.isArray(value) ? value : undefined;
}

function isCount(value: PickleValue): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
