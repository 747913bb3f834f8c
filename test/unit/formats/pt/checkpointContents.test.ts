import { describe, expect, it } from 'vitest';
import { checkpointContents } from '../../../../src/formats/pt/checkpointContents';
import { Foreign, PickleTuple, type PickleValue } from '../../../../src/formats/pt/pickleValue';
import { TorchStorage, TorchTensor } from '../../../../src/formats/pt/torchObjects';
import { LimitError } from '../../../../src/tensor/errors';

const tensor = () => new TorchTensor(new TorchStorage('0', 'float32', 4, 0), 'float32', 0, [4], [1]);
const dict = (entries: Record<string, PickleValue>) => new Map<PickleValue, PickleValue>(Object.entries(entries));
const namesIn = (root: PickleValue) => [...checkpointContents(root, 'file').tensors.keys()];

describe('names', () => {
  it('join keys and places by dots', () => {
    const root = dict({ model: dict({ 'fc.weight': tensor() }), history: [tensor(), new PickleTuple([tensor()])] });
    root.set(7, tensor());
    expect(namesIn(root)).toEqual(['model.fc.weight', 'history.0', 'history.1.0', '7']);
  });

  it('are that of the file for a tensor alone', () => {
    expect(namesIn(tensor())).toEqual(['file']);
  });

  it('of a module that was not made are those of its state_dict', () => {
    const linear = new Foreign('torch.nn.modules.linear.Linear');
    linear.state = dict({ _parameters: dict({ weight: tensor() }), training: true });
    const net = new Foreign('app.Net');
    net.state = dict({ _modules: dict({ fc: linear }), _buffers: dict({ mask: tensor() }) });
    expect(namesIn(net)).toEqual(['fc.weight', 'mask']);
  });

  it('differ from each other', () => {
    const root = dict({ a: dict({ b: tensor() }), 'a.b': tensor(), 'a.b (2)': tensor() });
    root.set([1], tensor()).set([2], tensor());
    expect(namesIn(root)).toEqual(['a.b', 'a.b (2)', 'a.b (2) (2)', '?', '? (2)']);
  });
});

it('lists a tensor under each of its names', () => {
  const shared = tensor();
  expect(namesIn(dict({ a: shared, b: shared }))).toEqual(['a', 'b']);
});

it('shows plain values as metadata', () => {
  const root = dict({ epoch: 3, config: dict({ eps: 1e-5, norm: 'rms', bias: false }), none: null, w: tensor() });
  expect(checkpointContents(root, 'file').metadata).toEqual({
    epoch: '3',
    'config.eps': '0.00001',
    'config.norm': 'rms',
    'config.bias': 'false',
  });
});

describe('containers that are met again', () => {
  it('are listed once, and said to be the same', () => {
    const state = dict({ w: tensor() });
    const { tensors, notes } = checkpointContents(dict({ model: state, ema: state }), 'file');
    expect([...tensors.keys()]).toEqual(['model.w']);
    expect(notes).toEqual(['"ema" is the same object as "model" and listed there alone.']);
  });

  it('may hold themselves', () => {
    const state = dict({ w: tensor() });
    state.set('self', state);
    expect(namesIn(state)).toEqual(['w']);
  });

  it('may double at every level', () => {
    let web: PickleValue = [1];
    for (let level = 0; level < 60; level++) {
      web = [web, web];
    }
    expect(namesIn(dict({ web, w: tensor() }))).toEqual(['w']);
  });
});

it('refuses depth, names and numbers beyond all bounds', () => {
  let deep: PickleValue = tensor();
  for (let level = 0; level < 300; level++) {
    deep = [deep];
  }
  const shared = tensor();
  const refused = [deep, dict({ ['x'.repeat(2000)]: tensor() }), new Array<PickleValue>(2 ** 17 + 1).fill(shared)];
  for (const root of refused) {
    expect(() => checkpointContents(root, 'file')).toThrow(LimitError);
  }
});
