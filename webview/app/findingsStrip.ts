import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { RowMark, RowsReport } from '../../src/protocol';
import { send } from '../events';
import { icon } from '../icon';
import { linkStyles, sharedStyles } from '../styles';
import { describeMarks } from '../words';

const severities = ['error', 'warning', 'info'] as const;

/** What is worth a person's attention, one phrase for each reason; a click goes to the worst row. Empty if all is well. */
@customElement('normscope-findings-strip')
export class FindingsStrip extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 16px;
        margin: 0;
        padding: 8px 0 0;
        list-style: none;
      }
      button.link {
        color: inherit;
      }
    `,
  ];

  @property({ attribute: false }) report?: RowsReport;

  protected override render() {
    const { marks = [], markCounts = {} } = this.report ?? {};
    const codes = Object.entries(markCounts) as [RowMark['code'], number][];
    if (codes.length === 0) {
      return nothing;
    }
    const findings = codes.map(([code, count]) => {
      const first = marks.find((mark) => mark.code === code);
      return { code, count, row: first?.row, severity: first?.severity ?? 'info' };
    });
    findings.sort((a, b) => severities.indexOf(a.severity) - severities.indexOf(b.severity));
    return html`<ul aria-label="Findings">
      ${findings.map(
        ({ code, count, row, severity }) =>
          html`<li>
            <button class="link" @click=${() => this.show(row)}>
              ${icon(severity)}<span class="heard">${severity}:</span>${describeMarks(code, count)}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  private show(row: number | undefined): void {
    send(this, 'ns-update', { tab: 'rows' });
    if (row !== undefined) {
      send(this, 'ns-pick-row', row);
    }
  }
}
