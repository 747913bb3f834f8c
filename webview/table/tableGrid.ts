import { html, nothing, type TemplateResult } from 'lit';
import type { Shape } from '../../src/protocol';
import { formatFull, formatValue } from '../format';
import type { Window } from '../virtual/virtualAxis';
import type { Cell } from './moveCell';
import { rowName } from './tableLayout';

/** What the grid draws: the part of the table that is in view, in pixels of the view. */
export interface GridView {
  readonly shape: Shape;
  readonly rows: Window;
  readonly columns: Window;
  readonly rowHeight: number;
  readonly nameWidth: number;
  readonly columnWidth: number;
  readonly active: Cell;
  /** Whether a row of the table belongs to the selected row of the norm. */
  isSelected(row: number): boolean;
  /** A value, or undefined while it is being read. */
  valueAt(row: number, column: number): number | string | undefined;
  pick(cell: Cell): void;
  pickRow(row: number): void;
}

/** The head with the columns' numbers, and below it the rows in view. */
export function tableGrid(view: GridView): TemplateResult {
  return html`${head(view)}${indices(view.rows).map((row) => bodyRow(view, row))}`;
}

function head({ columns, rowHeight, nameWidth, columnWidth }: GridView): TemplateResult {
  return html`<div class="row head" role="row" aria-rowindex="1" .style=${`height: ${rowHeight}px`}>
    <div class="name" role="columnheader" aria-colindex="1" .style=${`width: ${nameWidth}px`}>
      <span class="heard">Row</span>
    </div>
    <div class="clip">
      <div class="cells" .style=${`margin-left: ${columns.offset}px`}>
        ${indices(columns).map(
          (column) =>
            html`<div class="cell" role="columnheader" aria-colindex=${column + 2} .style=${`width: ${columnWidth}px`}>
              ${column}
            </div>`,
        )}
      </div>
    </div>
  </div>`;
}

function bodyRow(view: GridView, row: number): TemplateResult {
  const { rows, columns, rowHeight, nameWidth } = view;
  const top = rowHeight + rows.offset + (row - rows.first) * rowHeight;
  const isSelected = view.isSelected(row);
  return html`<div
    class="row ${isSelected ? 'selected' : ''}"
    role="row"
    aria-rowindex=${row + 2}
    aria-selected=${isSelected}
    .style=${`top: ${top}px; height: ${rowHeight}px`}
  >
    <div
      class="name"
      role="rowheader"
      aria-colindex="1"
      .style=${`width: ${nameWidth}px`}
      @click=${() => view.pickRow(row)}
    >
      ${rowName(row, view.shape)}
    </div>
    <div class="clip">
      <div class="cells" .style=${`margin-left: ${columns.offset}px`}>
        ${indices(columns).map((column) => bodyCell(view, { row, column }))}
      </div>
    </div>
  </div>`;
}

function bodyCell(view: GridView, cell: Cell): TemplateResult {
  const value = view.valueAt(cell.row, cell.column);
  const isActive = cell.row === view.active.row && cell.column === view.active.column;
  const full = value === undefined ? '' : typeof value === 'number' ? formatFull(value) : value;
  return html`<div
    class="cell ${isActive ? 'active' : ''} ${/[NI]/.test(full) ? 'nonfinite' : ''}"
    role="gridcell"
    id=${isActive ? 'active' : nothing}
    aria-colindex=${cell.column + 2}
    title=${full}
    .style=${`width: ${view.columnWidth}px`}
    @click=${() => view.pick(cell)}
  >
    ${value === undefined ? '…' : formatValue(value)}
  </div>`;
}

function indices({ first, end }: Window): number[] {
  return Array.from({ length: end - first }, (_, i) => first + i);
}
