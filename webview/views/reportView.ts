import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import '../charts/chart';
import type { PageState, ReportView as ViewName, ViewChart, ViewReport } from '../../src/protocol';
import { send } from '../events';
import { formatFull, formatNumber } from '../format';
import { icon } from '../icon';
import type { Answer } from '../resource';
import { sharedStyles } from '../styles';
import { viewDoing } from '../words';
import { answerView } from './answerView';
import { reportChart } from './reportCharts';
import './reportTable';
import './sliderField';
import { viewStyles } from './viewStyles';

/** A view made of what its report holds: sentences first, then headline numbers, charts and tables. */
@customElement('normscope-report-view')
export class ReportView extends LitElement {
  static override readonly styles = [
    sharedStyles,
    viewStyles,
    css`
      .sentence {
        display: flex;
        gap: 8px;
      }
      .sentence + .sentence {
        margin-top: 8px;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 24px;
        margin: 0;
      }
      dd {
        margin: 0;
      }
      dd .number {
        font-size: 1.1em;
      }
    `,
  ];

  @property({ attribute: false }) view!: ViewName;
  @property({ attribute: false }) answer!: Answer<'view'>;
  @property({ attribute: false }) choice!: PageState['view'];
  /** The selected row. */
  @property({ attribute: false }) selected?: number;

  protected override render() {
    return html`${this.controls()}${answerView(this.answer, viewDoing[this.view], (report) => this.results(report))}`;
  }

  private controls() {
    switch (this.view) {
      case 'distribution':
        return this.scopeChoice();
      case 'batch':
        return html`<div class="controls">
          <normscope-slider
            label="Padding of the shortest sequence"
            .max=${0.95}
            .value=${this.choice.padding}
            @slide=${(event: CustomEvent<number>) => this.choose({ padding: event.detail })}
          ></normscope-slider>
        </div>`;
      default:
        return nothing;
    }
  }

  private scopeChoice() {
    const { scope, feature } = this.choice;
    return html`<div class="controls">
      <vscode-single-select
        .label=${'Values of'}
        .options=${[
          { value: 'all', label: 'All rows' },
          { value: 'row', label: `Row ${this.selected ?? 0}` },
          { value: 'feature', label: `Feature ${feature}` },
        ]}
        .value=${scope}
        @change=${(event: Event) =>
          this.choose({ scope: (event.target as HTMLInputElement).value as PageState['view']['scope'] })}
      ></vscode-single-select>
      <span class="quiet">Select a row in any view, or click a feature below.</span>
    </div>`;
  }

  private results({ sentences, facts, charts, tables }: ViewReport) {
    return html`
      ${
        sentences.length === 0
          ? nothing
          : html`<div>
              ${sentences.map(
                ({ text, severity, advice }) =>
                  html`<p class="sentence">
                    ${severity ? icon(severity) : nothing}
                    <span>${text}${advice ? html` <span class="quiet">${advice}</span>` : nothing}</span>
                  </p>`,
              )}
            </div>`
      }
      ${
        facts.length === 0
          ? nothing
          : html`<dl>
              ${facts.map(
                ({ name, value, note }) =>
                  html`<div>
                    <dt class="quiet">${name}</dt>
                    <dd>
                      <span class="number" title=${typeof value === 'number' ? formatFull(value) : value}
                        >${typeof value === 'number' ? formatNumber(value) : value}</span
                      >
                      ${note ? html`<span class="quiet">${note}</span>` : nothing}
                    </dd>
                  </div>`,
              )}
            </dl>`
      }
      ${charts.length === 0 ? nothing : html`<div class="charts">${charts.map((chart) => this.chart(chart))}</div>`}
      ${tables.map((table) => html`<normscope-report-table .table=${table}></normscope-report-table>`)}
    `;
  }

  private chart(chart: ViewChart) {
    return html`<normscope-chart
      .model=${reportChart(chart, this.selected)}
      @pick=${(event: CustomEvent<number>) => this.pick(chart, event.detail)}
    ></normscope-chart>`;
  }

  private pick({ picks }: ViewChart, position: number): void {
    if (picks === 'row') {
      send(this, 'ns-pick-row', position);
    } else if (picks === 'feature') {
      this.choose({ scope: 'feature', feature: position });
    }
  }

  private choose(change: Partial<PageState['view']>): void {
    send(this, 'ns-update', { view: { ...this.choice, ...change } });
  }
}
