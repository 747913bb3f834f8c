import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { RowsReport } from '../../src/protocol';
import { send } from '../events';
import { icon } from '../icon';
import { linkStyles, sharedStyles } from '../styles';

/** Rows that are listed before the rest has to be asked for. */
const listedFirst = 5;

/** The rows that stand out, each with its sentence; a click selects the row. */
@customElement('normscope-marked-rows')
export class MarkedRows extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      ul {
        margin: 4px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 2px 0;
      }
      button.link.row {
        align-items: flex-start;
        color: inherit;
      }
      .selected button.link.row {
        font-weight: 600;
      }
      .icon {
        margin-top: 1px;
      }
    `,
  ];

  @property({ attribute: false }) report!: RowsReport;
  @property({ attribute: false }) selected?: number;
  @state() private all = false;

  protected override render() {
    const { marks, markCounts } = this.report;
    const total = Object.values(markCounts).reduce((sum, count) => sum + count, 0);
    const listed = this.all ? marks : marks.slice(0, listedFirst);
    return html`
      <h3>Rows that stand out</h3>
      <ul>
        ${listed.map(
          ({ row, severity, message }) =>
            html`<li class=${row === this.selected ? 'selected' : ''}>
              <button class="link row" @click=${() => send(this, 'ns-pick-row', row)}>
                ${icon(severity)}<span class="heard">${severity}:</span><span>${message}</span>
              </button>
            </li>`,
        )}
      </ul>
      ${
        listed.length < marks.length
          ? html`<button class="link" @click=${() => (this.all = true)}>
              Show ${marks.length - listed.length} more
            </button>`
          : total > marks.length
            ? html`<p class="quiet">and ${total - marks.length} more</p>`
            : nothing
      }
    `;
  }
}
