import type { Params, Result } from '../../src/protocol';

/** Rows and columns of one tile: a screen of the table needs a handful. */
const tileRows = 64;
const tileColumns = 32;
/** Tiles that are kept; the ones used longest ago go first. */
const maxTiles = 200;

type Range = Omit<Params<'values'>, 'subject'>;
type Rows = Result<'values'>['rows'];

/** The values of the table that were asked for so far, in tiles. */
export class ValueTiles {
  private readonly tiles = new Map<string, Rows | 'asked'>();

  /**
   * @param fetch   reads the values of a range
   * @param arrived called when a tile has come
   */
  constructor(
    private readonly fetch: (range: Range) => Promise<Result<'values'>>,
    private readonly arrived: () => void,
  ) {}

  /** A value, or undefined if it has not come yet. */
  get(row: number, column: number): number | string | undefined {
    const key = keyOf(Math.floor(row / tileRows), Math.floor(column / tileColumns));
    const tile = this.tiles.get(key);
    return tile === undefined || tile === 'asked' ? undefined : tile[row % tileRows]?.[column % tileColumns];
  }

  /** Asks for the tiles of a range that are not there yet. */
  need({ startRow, endRow, startColumn, endColumn }: Range): void {
    for (let i = Math.floor(startRow / tileRows); i * tileRows < endRow; i++) {
      for (let j = Math.floor(startColumn / tileColumns); j * tileColumns < endColumn; j++) {
        void this.load(i, j);
      }
    }
  }

  private async load(i: number, j: number): Promise<void> {
    const key = keyOf(i, j);
    const tile = this.tiles.get(key);
    this.tiles.delete(key);
    this.tiles.set(key, tile ?? 'asked');
    if (tile !== undefined) {
      return;
    }
    for (const oldest of [...this.tiles.keys()].slice(0, Math.max(0, this.tiles.size - maxTiles))) {
      this.tiles.delete(oldest);
    }
    try {
      const { rows } = await this.fetch({
        startRow: i * tileRows,
        endRow: (i + 1) * tileRows,
        startColumn: j * tileColumns,
        endColumn: (j + 1) * tileColumns,
      });
      // Not if it went out of use while it was on its way.
      if (this.tiles.has(key)) {
        this.tiles.set(key, rows);
        this.arrived();
      }
    } catch {
      // The subject has changed meanwhile, and new tiles with it; what failed otherwise is asked for again when in view.
      this.tiles.delete(key);
    }
  }
}

function keyOf(i: number, j: number): string {
  return `${i} ${j}`;
}
