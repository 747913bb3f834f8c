import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import '../charts/chart';
import type { GradientsReport, NormSpec, Subject } from '../../src/protocol';
import { send } from '../events';
import { formatNumber } from '../format';
import { cellOf, unravel } from '../geometry';
import { icon } from '../icon';
import type { Answer } from '../resource';
import { sharedStyles } from '../styles';
import { statisticsNames } from '../words';
import { answerView } from './answerView';
import { errorCharts, splitCharts } from './gradientsCharts';
import './gradientsTable';
import { reportChart } from './reportCharts';
import { explanations, verdict } from './verdict';
import { viewStyles } from './viewStyles';

/** Whether dx, dγ and dβ are right, by how much, and what the gradient with constant statistics leaves out. */
@customElement('normscope-gradients-view')
export class GradientsView extends LitElement {
  static override readonly styles = [
    sharedStyles,
    viewStyles,
    css`
      .verdict,
      .said {
        display: flex;
        gap: 8px;
      }
      .verdict h3 + p,
      .verdict p + p,
      details {
        margin-top: 4px;
      }
      summary {
        width: fit-content;
        color: var(--vscode-textLink-foreground);
        cursor: pointer;
      }
      summary:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: 2px;
      }
      .said + .said {
        margin-top: 8px;
      }
      .said + .charts {
        margin-top: 12px;
      }
      .row {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 8px;
        margin-bottom: 12px;
      }
      vscode-textfield {
        width: 88px;
      }
    `,
  ];

  @property({ attribute: false }) subject!: Subject;
  @property({ attribute: false }) spec!: NormSpec;
  @property({ attribute: false }) answer!: Answer<'gradients'>;
  /** The row that was asked for. */
  @property({ attribute: false }) selected?: number;

  protected override render() {
    return answerView(this.answer, 'Checking the gradients …', (report) => this.results(report));
  }

  private results(report: GradientsReport) {
    const { passed, criterion, assumptions, gradients } = report;
    return html`
      <section class="verdict">
        ${icon(passed ? 'pass' : 'error')}
        <div>
          <h3>${verdict(report)}</h3>
          ${explanations(report).map((sentence) => html`<p>${sentence}</p>`)}
          ${assumptions.map((sentence) => html`<p class="quiet">${sentence}</p>`)}
          <details>
            <summary>How this is judged</summary>
            <p class="quiet">${criterion}</p>
          </details>
        </div>
      </section>
      <normscope-gradients-table .gradients=${gradients} .shape=${this.subject.shape}></normscope-gradients-table>
      <div class="charts">
        ${errorCharts(report).map(
          ({ of, model }) =>
            html`<normscope-chart
              .model=${model}
              @pick=${(event: CustomEvent<number>) => of === 'gradInput' && this.pickElement(event.detail)}
            ></normscope-chart>`,
        )}
      </div>
      ${this.sweeps(report)} ${this.split(report)}
    `;
  }

  private sweeps({ sweeps }: GradientsReport) {
    return html`<section>
      ${sweeps.map(({ severity, text }) => html`<p class="said">${icon(severity)}<span>${text}</span></p>`)}
      <div class="charts">
        ${sweeps.map(({ chart }) => html`<normscope-chart .model=${reportChart(chart, undefined)}></normscope-chart>`)}
      </div>
    </section>`;
  }

  private split(report: GradientsReport) {
    const { split, rowCount } = report;
    return html`<section>
      <div class="row">
        <span id="row">Row</span>
        <vscode-textfield
          type="number"
          .label=${'Row'}
          .min=${0}
          .max=${rowCount - 1}
          .value=${String(split.row)}
          @change=${(event: Event) => this.pickRow(Number((event.target as HTMLInputElement).value), rowCount)}
        ></vscode-textfield>
        <span>
          ${heldConstant(split.relativeDifference, statisticsNames[this.spec.kind])}
          ${
            this.selected !== undefined && this.selected !== split.row
              ? html`Row ${this.selected} has no gradient.`
              : nothing
          }
        </span>
      </div>
      <div class="charts">
        ${splitCharts(report, this.spec.kind).map((model) => html`<normscope-chart .model=${model}></normscope-chart>`)}
      </div>
    </section>`;
  }

  /** @param position of an element of x, in C order */
  private pickElement(position: number): void {
    const { shape } = this.subject;
    send(this, 'ns-pick-element', cellOf(unravel(position, shape), shape));
  }

  private pickRow(row: number, rowCount: number): void {
    if (Number.isInteger(row) && row >= 0 && row < rowCount) {
      send(this, 'ns-pick-row', row);
    }
  }
}

/** How far the gradient with constant statistics is from the right one; `share` is of the norm of that. */
function heldConstant(share: number, statistics: string): string {
  if (share === 0) {
    return 'No statistics depend on this row: no correction applies.';
  }
  return Number.isFinite(share)
    ? `Holding ${statistics} constant misses this row’s dx by ${formatNumber(100 * share)} % of its norm.`
    : `This row’s dx is 0; holding ${statistics} constant gives another.`;
}
