import { itemsOf, PickleGlobal, type PickleValue } from './pickleValue';
import type { PickleWorld } from './readPickle';
import { dtypesByName, rebuilders, rebuildFromType } from './torchRebuild';
import { storageNames, torchStorage } from './torchStorages';

type Call = NonNullable<PickleGlobal['call']>;

/** How values were quantized. */
const quantizationSchemes = ['per_tensor_affine', 'per_channel_affine', 'per_channel_affine_float_qparams'];

/** A list or tuple of its items, of which there may be none. */
const listOf: Call = ([items = []], fault) => {
  if (itemsOf(items) === undefined) {
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

/** All that a checkpoint may name: what makes tensors and plain containers, and what types are called. */
const allowed = new Map<string, PickleGlobal>(
  [
    ...[...rebuilders].map(([name, call]) => new PickleGlobal(name, call)),
    ...[...dtypesByName.keys(), ...storageNames].map((name) => new PickleGlobal(name)),
    ...quantizationSchemes.map((name) => new PickleGlobal(`torch.${name}`)),
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
