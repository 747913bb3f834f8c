import { html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Params, Result, Subject } from '../../src/protocol';
import { send } from '../events';
import { formatFull } from '../format';
import { tableSize } from '../geometry';
import { sharedStyles } from '../styles';
import { VirtualAxis } from '../virtual/virtualAxis';
import { moveCell, type Cell } from './moveCell';
import { tableGrid } from './tableGrid';
import { columnCharacters, rowNameCharacters } from './tableLayout';
import { tableStyles } from './tableStyles';
import { ValueTiles } from './valueTiles';

/** Rows that are in view before the table scrolls. */
const rowsInView = 12;
/** Pixels beside the characters of a cell: padding and border. */
const cellPadding = 18;
/** Pause between two questions for values while the table is scrolled, in milliseconds. */
const fetchPause = 50;

/** Reads values of a subject. */
export type FetchValues = (params: Params<'values'>) => Promise<Result<'values'>>;

/** The values of a tensor, rows along its last axis. Only what is in view is drawn and asked for. */
@customElement('normscope-value-table')
export class ValueTable extends LitElement {
  static override readonly styles = [sharedStyles, tableStyles];

  @property({ attribute: false }) subject!: Subject;
  @property({ attribute: false }) fetchValues!: FetchValues;
  /** The selected row of the norm. */
  @property({ attribute: false }) selected?: number;
  /** How many rows of the table one row of the norm spans. */
  @property({ attribute: false }) span = 1;

  /** Pixels of the table that are in view, scroll bars not counted. */
  @state() private view = { width: 0, height: 0 };
  @state() private active: Cell = { row: 0, column: 0 };
  @query('.scroller') private readonly scroller!: HTMLElement | null;
  @query('.ruler') private readonly ruler!: HTMLElement;
  private tiles!: ValueTiles;
  private character = 8;
  private rowHeight = 22;
  private fetching?: number;
  private readonly resized = new ResizeObserver(() => this.measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
    clearTimeout(this.fetching);
  }

  /** Scrolls the table so that a row of the norm is in view. */
  revealRow(row: number): void {
    this.reveal({ row: row * this.span, column: this.active.column });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('subject')) {
      return;
    }
    const { id, title } = this.subject;
    this.tiles = new ValueTiles(
      (range) => this.fetchValues({ subject: id, ...range }),
      () => this.requestUpdate(),
    );
    if (changed.get('subject')?.title !== title) {
      this.active = { row: 0, column: 0 };
      this.scroller?.scrollTo(0, 0);
    }
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.scroller!);
    this.measure();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected') && this.selected !== undefined) {
      this.revealRow(this.selected);
    }
    this.fetchSoon();
  }

  protected override render() {
    const { shape, title } = this.subject;
    const { rows, columns } = this.axes();
    const view = this.inView();
    const hasActive =
      this.active.row >= view.rows.first &&
      this.active.row < view.rows.end &&
      this.active.column >= view.columns.first &&
      this.active.column < view.columns.end;
    return html`<div
      class="scroller"
      role="grid"
      tabindex="0"
      aria-label="Values of ${title}"
      aria-rowcount=${rows.count + 1}
      aria-colcount=${columns.count + 1}
      aria-activedescendant=${hasActive ? 'active' : ''}
      .style=${`max-height: ${(rowsInView + 1) * this.rowHeight + 14}px; line-height: ${this.rowHeight}px`}
      @scroll=${() => this.requestUpdate()}
      @keydown=${this.key}
      @copy=${this.copy}
    >
      <div class="sheet" .style=${`width: ${this.view.width}px; height: ${this.view.height}px`}>
        <span class="ruler">0</span>
        ${tableGrid({
          ...view,
          shape,
          rowHeight: this.rowHeight,
          nameWidth: this.nameWidth,
          columnWidth: this.columnWidth,
          active: this.active,
          isSelected: (row) => Math.floor(row / this.span) === this.selected,
          valueAt: (row, column) => this.tiles.get(row, column),
          pick: (cell) => this.pick(cell),
          pickRow: (row) => this.pickRow(row),
        })}
      </div>
      <div
        .style=${`width: ${this.nameWidth + columns.scrollSize}px; height: ${Math.max(0, this.rowHeight + rows.scrollSize - this.view.height)}px`}
      ></div>
    </div>`;
  }

  private get columnWidth(): number {
    return Math.ceil(columnCharacters(this.subject.dtype) * this.character) + cellPadding;
  }

  private get nameWidth(): number {
    return Math.ceil(Math.max(2, rowNameCharacters(this.subject.shape)) * this.character) + cellPadding;
  }

  private axes(): { rows: VirtualAxis; columns: VirtualAxis } {
    const size = tableSize(this.subject.shape);
    return {
      rows: new VirtualAxis(size.rows, this.rowHeight, Math.max(0, this.view.height - this.rowHeight)),
      columns: new VirtualAxis(size.columns, this.columnWidth, Math.max(0, this.view.width - this.nameWidth)),
    };
  }

  private inView() {
    const { rows, columns } = this.axes();
    return {
      rows: rows.windowAt(this.scroller?.scrollTop ?? 0),
      columns: columns.windowAt(this.scroller?.scrollLeft ?? 0),
    };
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.scroller!;
    this.character = this.ruler.getBoundingClientRect().width;
    this.rowHeight = Math.max(22, Math.ceil(this.ruler.getBoundingClientRect().height));
    this.view = { width: clientWidth, height: clientHeight };
  }

  private fetchSoon(): void {
    this.fetching ??= window.setTimeout(() => {
      this.fetching = undefined;
      const { rows, columns } = this.inView();
      this.tiles.need({
        startRow: rows.first,
        endRow: rows.end,
        startColumn: columns.first,
        endColumn: columns.end,
      });
    }, fetchPause);
  }

  private pickRow(row: number): void {
    this.active = { row, column: this.active.column };
    send(this, 'ns-pick-row', Math.floor(row / this.span));
  }

  private pick(cell: Cell): void {
    this.active = cell;
    send(this, 'ns-pick-element', cell);
  }

  private reveal(cell: Cell): void {
    const { rows, columns } = this.axes();
    this.scroller?.scrollTo(
      columns.reveal(cell.column, this.scroller.scrollLeft),
      rows.reveal(cell.row, this.scroller.scrollTop),
    );
  }

  private readonly key = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      this.pick(this.active);
      return;
    }
    const moved = moveCell(this.active, event, tableSize(this.subject.shape), rowsInView);
    if (moved !== undefined) {
      this.active = moved;
      this.reveal(moved);
      event.preventDefault();
    }
  };

  /** Copies the active value in full, unless text is selected. */
  private readonly copy = (event: ClipboardEvent): void => {
    const value = this.tiles.get(this.active.row, this.active.column);
    if (value !== undefined && getSelection()?.isCollapsed !== false) {
      event.clipboardData?.setData('text/plain', typeof value === 'number' ? formatFull(value) : value);
      event.preventDefault();
    }
  };
}
