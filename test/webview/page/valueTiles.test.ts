import { expect, it, vi } from 'vitest';
import { ValueTiles } from '../../../webview/table/valueTiles';

/** Values that tell where they stand: 1000 · row + column. */
function tilesOf(rows: number, columns: number) {
  const fetch = vi.fn(async (range: { startRow: number; endRow: number; startColumn: number; endColumn: number }) => ({
    startRow: range.startRow,
    rows: Array.from({ length: Math.min(range.endRow, rows) - range.startRow }, (_, i) =>
      Float64Array.from(
        { length: Math.min(range.endColumn, columns) - range.startColumn },
        (_, j) => 1000 * (range.startRow + i) + range.startColumn + j,
      ),
    ),
  }));
  const arrived = vi.fn();
  return { tiles: new ValueTiles(fetch, arrived), fetch, arrived };
}

it('has the values of a range once they have come, each asked for once', async () => {
  const { tiles, fetch, arrived } = tilesOf(200, 100);
  const range = { startRow: 60, endRow: 70, startColumn: 30, endColumn: 40 };
  tiles.need(range);
  expect(tiles.get(65, 35)).toBeUndefined();
  await vi.waitUntil(() => arrived.mock.calls.length === 4);
  tiles.need(range);
  expect([tiles.get(60, 30), tiles.get(69, 39), tiles.get(69, 31)]).toEqual([60_030, 69_039, 69_031]);
  expect(fetch).toHaveBeenCalledTimes(4);
});

it('asks again for what failed', async () => {
  const fetch = vi
    .fn()
    .mockRejectedValueOnce(new Error('gone'))
    .mockResolvedValue({ rows: [[5]] });
  const tiles = new ValueTiles(fetch, () => {});
  const corner = { startRow: 0, endRow: 1, startColumn: 0, endColumn: 1 };
  tiles.need(corner);
  await Promise.resolve();
  await vi.waitUntil(() => {
    tiles.need(corner);
    return tiles.get(0, 0) === 5;
  });
  expect(fetch).toHaveBeenCalledTimes(2);
});

it('forgets what was in view longest ago', async () => {
  const { tiles, fetch } = tilesOf(64 * 300, 32);
  for (let row = 0; row < 64 * 300; row += 64) {
    tiles.need({ startRow: row, endRow: row + 1, startColumn: 0, endColumn: 1 });
  }
  await vi.waitUntil(() => tiles.get(64 * 299, 0) !== undefined);
  expect(tiles.get(0, 0)).toBeUndefined();
  expect(fetch).toHaveBeenCalledTimes(300);
});
