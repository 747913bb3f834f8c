import type { DType } from '../../tensor/dtype';
import { Foreign, itemsOf, PickleGlobal, PickleTuple, type PickleValue } from './pickleValue';
import { TorchStorage, TorchTensor, UndecodedTorchTensor } from './torchObjects';

type Call = NonNullable<PickleGlobal['call']>;

const dtypeNames: readonly DType[] = [
  'float64', 'float32', 'float16', 'bfloat16', 'float8_e4m3fn', 'float8_e5m2', 'int64', 'int32', 'int16', 'int8',
  'uint64', 'uint32', 'uint16', 'uint8', 'bool', 'complex64', 'complex128',
]; // prettier-ignore

/** Dtypes by what PyTorch calls them. */
export const dtypesByName = new Map<string, DType>(dtypeNames.map((dtype) => [`torch.${dtype}`, dtype]));

/** `_rebuild_tensor(storage, offset, size, stride)`, and `_v2` with (requires_grad, hooks, metadata) behind these. */
const rebuildTensor: Call = (args, fault) => tensor(args, undefined, args[6], fault);

/** `_rebuild_tensor_v3(storage, offset, size, stride, requires_grad, hooks, dtype, metadata)`: the storage counts bytes. */
const rebuildTensorV3: Call = (args, fault) => {
  const dtype = args[6];
  if (dtype instanceof Foreign) {
    return undecoded(dtype.name, args, `its dtype ${dtype.name} is not decoded`, fault);
  }
  const known = dtype instanceof PickleGlobal ? dtypesByName.get(dtype.name) : undefined;
  if (known === undefined) {
    throw fault('builds a tensor of something that is no dtype');
  }
  return tensor(args, known, args[7], fault);
};

/** `_rebuild_qtensor(storage, offset, size, stride, …)`. */
const rebuildQuantized: Call = (args, fault) => {
  const [storage] = args;
  return undecoded(storage instanceof Foreign ? storage.name : 'quantized', args, 'its values are quantized', fault);
};

/** `_rebuild_parameter(tensor, …)`: a parameter is its tensor. */
const firstArgument: Call = (args, fault) => {
  if (args.length === 0) {
    throw fault('builds a parameter of nothing');
  }
  return args[0];
};

/** `_rebuild_from_type_v2(function, type, args, state)`: a tensor with attributes. */
export const rebuildFromType: Call = ([rebuild, , args], fault) => {
  if (rebuild instanceof Foreign) {
    return new Foreign(rebuild.name);
  }
  if (!(rebuild instanceof PickleGlobal && rebuilders.has(rebuild.name) && args instanceof PickleTuple)) {
    throw fault('builds a tensor by something that builds none');
  }
  return rebuild.call!(args.items, fault);
};

/** The functions that make tensors. */
export const rebuilders = new Map<string, Call>([
  ['torch._utils._rebuild_tensor', rebuildTensor],
  ['torch._utils._rebuild_tensor_v2', rebuildTensor],
  ['torch._utils._rebuild_tensor_v3', rebuildTensorV3],
  ['torch._utils._rebuild_qtensor', rebuildQuantized],
  ['torch._utils._rebuild_parameter', firstArgument],
  ['torch._utils._rebuild_parameter_with_state', firstArgument],
]);

/** @param metadata flags of newer files: a conjugate or negative tensor may be kept as the original with a flag */
function tensor(
  args: readonly PickleValue[],
  dtype: DType | undefined,
  metadata: PickleValue | undefined,
  fault: (reason: string) => Error,
): PickleValue {
  const [storage, offset, size, strides] = args;
  if (storage instanceof Foreign) {
    return undecoded(storage.name, args, `its storage, ${storage.name}, is not decoded`, fault);
  }
  const lengths = itemsOf(size);
  const steps = itemsOf(strides);
  if (!(storage instanceof TorchStorage) || !lengths || !steps) {
    throw fault('builds a tensor of something that is no storage, size and stride');
  }
  const elementType = dtype ?? storage.dtype;
  const flag = metadata instanceof Map && ['conj', 'neg'].find((name) => metadata.get(name) === true);
  if (flag) {
    const what = flag === 'conj' ? 'conjugate' : 'negative';
    return new UndecodedTorchTensor(elementType, lengths, `it is kept as the ${what} of other values`);
  }
  return new TorchTensor(storage, elementType, offset, lengths, steps);
}

function undecoded(
  dtypeName: string,
  [, , size]: readonly PickleValue[],
  reason: string,
  fault: (reason: string) => Error,
): UndecodedTorchTensor {
  const lengths = itemsOf(size);
  if (!lengths) {
    throw fault('builds a tensor without a size');
  }
  return new UndecodedTorchTensor(dtypeName, lengths, reason);
}
