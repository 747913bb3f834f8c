import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewSeverity, ViewTable } from '../../src/protocol';
import { formatFull, formatNumber } from '../format';
import { icon } from '../icon';
import { linkStyles, sharedStyles } from '../styles';
import { plainTableStyles } from './plainTableStyles';

/** Texts longer than this break into lines. */
const longText = 32;

/** Numbers of a report that are compared one by one; a column is set right where it holds numbers. */
@customElement('normscope-report-table')
export class ReportTable extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    plainTableStyles,
    css`
      th .icon {
        margin-inline-end: 4px;
        vertical-align: text-bottom;
      }
      .sentence {
        min-width: 24ch;
        max-width: 72ch;
        white-space: normal;
      }
      tr[aria-current] > * {
        background: var(--vscode-list-inactiveSelectionBackground);
      }
    `,
  ];

  @property({ attribute: false }) table!: ViewTable;
  /** The first cell of the row that is looked at in detail. */
  @property({ attribute: false }) selected?: string;

  protected override render() {
    const { title, columns, rows, severities, picks } = this.table;
    const isNumeric = columns.map((_, c) => rows.some((row) => typeof row[c] === 'number'));
    return html`<h3>${title}</h3>
      <div class="scroller" tabindex="0" role="region" aria-label=${title}>
        <table>
          <thead>
            <tr>
              ${columns.map((name, c) => html`<th scope="col" class=${isNumeric[c] ? 'right' : ''}>${name}</th>`)}
            </tr>
          </thead>
          <tbody>
            ${rows.map(
              (row, r) =>
                html`<tr aria-current=${picks && row[0] === this.selected ? 'true' : nothing}>
                  ${row.map((cell, c) => (c === 0 && !isNumeric[0] ? this.header(cell, severities?.[r]) : cellOf(cell)))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }

  private header(cell: number | string, severity: ViewSeverity | undefined) {
    const name =
      this.table.picks === undefined
        ? cell
        : html`<button class="link" @click=${() => this.pick(String(cell))}>${cell}</button>`;
    return html`<th scope="row" class=${classOf(cell)}>${severity ? icon(severity) : nothing}${name}</th>`;
  }

  private pick(name: string): void {
    this.dispatchEvent(new CustomEvent('detail', { detail: name, bubbles: true, composed: true }));
  }
}

function cellOf(cell: number | string) {
  return typeof cell === 'number'
    ? html`<td class="right number" title=${formatFull(cell)}>${formatNumber(cell)}</td>`
    : html`<td class=${classOf(cell)}>${cell}</td>`;
}

function classOf(cell: number | string): string {
  return typeof cell === 'string' && cell.length > longText ? 'sentence' : '';
}
