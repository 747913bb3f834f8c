import { html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { ViewTable } from '../../src/protocol';
import { formatFull, formatNumber } from '../format';
import { sharedStyles } from '../styles';
import { plainTableStyles } from './plainTableStyles';

/** Numbers of a report that are compared one by one; a column is set right where it holds numbers. */
@customElement('normscope-report-table')
export class ReportTable extends LitElement {
  static override readonly styles = [sharedStyles, plainTableStyles];

  @property({ attribute: false }) table!: ViewTable;

  protected override render() {
    const { title, columns, rows } = this.table;
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
              (row) =>
                html`<tr>
                  ${row.map((cell, c) => cellOf(cell, c === 0 && !isNumeric[0]))}
                </tr>`,
            )}
          </tbody>
        </table>
      </div>`;
  }
}

function cellOf(cell: number | string, isHeader: boolean) {
  if (isHeader) {
    return html`<th scope="row">${cell}</th>`;
  }
  return typeof cell === 'number'
    ? html`<td class="right number" title=${formatFull(cell)}>${formatNumber(cell)}</td>`
    : html`<td>${cell}</td>`;
}
