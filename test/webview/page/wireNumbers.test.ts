import { expect, it } from 'vitest';
import { toWire } from '../../../src/report/wireNumbers';
import { fromWire } from '../../../webview/wireNumbers';

it('brings NaN and infinities through JSON, and leaves typed arrays alone', () => {
  const message = {
    stats: { min: NaN, max: Infinity, zero: 0 },
    rows: [[-Infinity, 'x', null, true]],
    gone: undefined,
  };
  expect(fromWire(JSON.parse(JSON.stringify(toWire(message))))).toEqual(message);
  const points = Float64Array.of(1, NaN);
  expect((fromWire(toWire({ points })) as { points: Float64Array }).points).toBe(points);
});
