import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../charts/chart';
import '../charts/heatmap';
import type { ViewChart, ViewReport, ViewSentence } from '../../src/protocol';
import { send } from '../events';
import { formatFull, formatNumber } from '../format';
import { icon } from '../icon';
import { linkStyles, sharedStyles } from '../styles';
import { factStyles } from './factStyles';
import { reportChart } from './reportCharts';
import './reportTable';
import { viewStyles } from './viewStyles';

/**
 * What a report holds: sentences first, then headline numbers, charts and tables.
 *
 * @fires row     with the row that a click on a chart selects
 * @fires feature likewise
 * @fires spec    with the convention that a sentence offers to take over
 * @fires tensor  with the name and, if one is meant, the row of the tensor that a sentence speaks of
 * @fires detail  with the first cell of a table's row that is to be looked at in detail
 */
@customElement('normscope-report')
export class ReportBody extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    viewStyles,
    factStyles,
    css`
      :host {
        padding: 0;
        container-type: inline-size;
      }
      .sentence {
        display: flex;
        gap: 8px;
      }
      .sentence + .sentence {
        margin-top: 8px;
      }
      /* What can be clicked stands apart from the sentence, and from its neighbour. */
      .text:has(+ button.link),
      .text ~ button.link {
        margin-inline-end: 12px;
      }
    `,
  ];

  @property({ attribute: false }) report!: ViewReport;
  /** The selected row. */
  @property({ attribute: false }) row?: number;
  /** What a table marks as looked at in detail. */
  @property({ attribute: false }) detail?: string;

  protected override render() {
    const { sentences, facts, heatmaps = [], charts, tables } = this.report;
    return html`
      ${sentences.length === 0 ? nothing : html`<div>${sentences.map((sentence) => this.sentence(sentence))}</div>`}
      ${
        facts.length === 0
          ? nothing
          : html`<dl>
              ${facts.map(
                ({ name, value, note }) =>
                  html`<div>
                    <dt class="quiet">${name}</dt>
                    <dd class="number" title=${typeof value === 'number' ? formatFull(value) : value}>
                      ${typeof value === 'number' ? formatNumber(value) : value}
                    </dd>
                    ${note ? html`<dd class="quiet">${note}</dd>` : nothing}
                  </div>`,
              )}
            </dl>`
      }
      ${heatmaps.map((heatmap) => html`<normscope-heatmap .model=${heatmap}></normscope-heatmap>`)}
      ${charts.length === 0 ? nothing : html`<div class="charts">${charts.map((chart) => this.chart(chart))}</div>`}
      ${tables.map(
        (table) => html`<normscope-report-table .table=${table} .selected=${this.detail}></normscope-report-table>`,
      )}
    `;
  }

  private sentence({ text, severity, advice, tensor, row, take, places = [] }: ViewSentence) {
    return html`<p class="sentence">
      ${severity ? icon(severity) : nothing}
      <span
        ><span class="text"
          >${tensor === undefined ? text : this.linked(text, tensor, row)}${
            advice ? html` <span class="quiet">${advice}</span>` : nothing
          }</span
        >${
          take
            ? html`<button class="link" @click=${() => this.send('spec', take.spec)}>${take.label}</button>`
            : nothing
        }${places.map(
          ({ label, ...place }) =>
            html`<button class="link" @click=${() => send(this, 'ns-compared', place)}>${label}</button>`,
        )}</span
      >
    </p>`;
  }

  /** The text with the name of its tensor as a link, or behind one where it does not stand in the text. */
  private linked(text: string, tensor: string, row: number | undefined) {
    const at = text.indexOf(tensor);
    const link = html`<button class="link" @click=${() => this.send('tensor', { tensor, row })}>${tensor}</button>`;
    return at < 0 ? html`${link}: ${text}` : html`${text.slice(0, at)}${link}${text.slice(at + tensor.length)}`;
  }

  private chart(chart: ViewChart) {
    return html`<normscope-chart
      .model=${reportChart(chart, this.row)}
      @pick=${(event: CustomEvent<number>) => {
        if (chart.picks !== undefined) {
          this.send(chart.picks, event.detail);
        }
      }}
    ></normscope-chart>`;
  }

  private send(name: 'row' | 'feature' | 'tensor' | 'spec', detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail }));
  }
}
