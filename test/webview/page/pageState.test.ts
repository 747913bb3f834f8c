import { expect, it } from 'vitest';
import { firstState, restoreState } from '../../../webview/pageState';

it.each([undefined, null, 7, {}])('starts afresh from %j', (saved) => {
  expect(restoreState(saved)).toEqual({
    ...firstState,
    source: undefined,
    tensor: undefined,
    row: undefined,
    overview: undefined,
    dump: { simulation: { blocks: 12, init: 'xavier' } },
  });
});

it('takes over what is sound, and nothing else', () => {
  const saved = {
    source: { start: 3 },
    tensor: 'x',
    tab: 'jacobian',
    choices: { kind: 'rms_norm', eps: -1, epsPlace: 'outside', divisor: 'n+1', axes: [-2, -1], colour: 'red' },
    after: 'output',
    affine: false,
    weightScale: 'wide',
    biasShift: 0.5,
    row: -1,
    view: { scope: 'row', feature: -2, padding: 1.5 },
    filter: 'ln',
    sort: { column: 'absMax', descending: 1 },
    toggled: ['tensor:blocks', 3],
  };
  expect(restoreState(saved)).toEqual({
    source: { start: 3 },
    tensor: 'x',
    tab: 'rows',
    choices: { kind: 'rms_norm', axes: [-2, -1], epsPlace: 'outside' },
    after: 'output',
    affine: false,
    weightScale: 1,
    biasShift: 0.5,
    row: undefined,
    view: { scope: 'row', feature: 0, padding: 0.5 },
    overview: undefined,
    dump: { detail: undefined, simulation: { blocks: 12, init: 'xavier' } },
    filter: 'ln',
    sort: { column: 'absMax', descending: false },
    toggled: ['tensor:blocks'],
  });
  expect(restoreState({ sort: { column: 'toString' } }).sort).toBeUndefined();
});
