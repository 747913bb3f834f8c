import { html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-radio/index.js';
import '@vscode-elements/elements/dist/vscode-radio-group/index.js';
import '../charts/chart';
import type { NormSpec, PageState, RowsReport, Subject } from '../../src/protocol';
import { send } from '../events';
import { rowSpan } from '../geometry';
import type { Answer } from '../resource';
import { forcedStyles, sharedStyles } from '../styles';
import type { FetchValues, ValueTable } from '../table/valueTable';
import '../table/valueTable';
import { answerView } from './answerView';
import './markedRows';
import { rowsCharts } from './rowsCharts';
import './statsLine';
import { viewStyles } from './viewStyles';

/** Every row before and after the norm: headline numbers, mean, variance, the rows that stand out, the values. */
@customElement('normscope-rows-view')
export class RowsView extends LitElement {
  static override readonly styles = [sharedStyles, forcedStyles, viewStyles];

  @property({ attribute: false }) subject!: Subject;
  @property({ attribute: false }) spec!: NormSpec;
  @property({ attribute: false }) answer!: Answer<'rows'>;
  /** What "after normalization" means. */
  @property({ attribute: false }) meaning: PageState['after'] = 'normalized';
  @property({ attribute: false }) selected?: number;
  /** Whether the subject stands in a text that the editor shows. */
  @property({ attribute: false }) inText = false;
  @property({ attribute: false }) fetchValues!: FetchValues;
  @query('normscope-value-table') private readonly table!: ValueTable | null;

  protected override render() {
    const { subject, spec, selected } = this;
    const span = rowSpan(subject.shape, spec);
    return html`
      ${answerView(this.answer, 'Computing the rows …', (report) => this.results(report))}
      <section>
        <h3>Values</h3>
        <normscope-value-table
          .subject=${subject}
          .selected=${span === undefined ? undefined : selected}
          .span=${span ?? 1}
          @ns-pick-row=${(event: Event) => span === undefined && event.stopPropagation()}
          .fetchValues=${this.fetchValues}
        ></normscope-value-table>
      </section>
    `;
  }

  private results(report: RowsReport) {
    return html`
      <normscope-stats .stats=${report.stats}></normscope-stats>
      ${this.afterChoice(report)} ${report.note === undefined ? nothing : html`<p class="quiet">${report.note}</p>`}
      <div class="charts">
        ${rowsCharts(report, this.selected).map(
          (model) => html`<normscope-chart .model=${model} @pick=${this.pick}></normscope-chart>`,
        )}
      </div>
      ${
        report.marks.length > 0
          ? html`<normscope-marked-rows .report=${report} .selected=${this.selected}></normscope-marked-rows>`
          : nothing
      }
    `;
  }

  /** The choice of what "after" means; without γ and β there is nothing to choose. */
  private afterChoice({ hasOutput }: RowsReport) {
    const { weight, bias } = this.subject.roles;
    if (!hasOutput || (weight === undefined && bias === undefined)) {
      return nothing;
    }
    const output = `y = ${weight === undefined ? 'x̂' : 'γ x̂'}${bias === undefined ? '' : ' + β'}`;
    return html`<div class="controls">
      <span id="after">After normalization is</span>
      <vscode-radio-group
        aria-labelledby="after"
        @change=${(event: Event) =>
          send(this, 'ns-update', { after: (event.target as HTMLInputElement).value as PageState['after'] })}
      >
        <vscode-radio
          name="after"
          value="normalized"
          label="x̂"
          ?checked=${this.meaning === 'normalized'}
        ></vscode-radio>
        <vscode-radio name="after" value="output" label=${output} ?checked=${this.meaning === 'output'}></vscode-radio>
      </vscode-radio-group>
    </div>`;
  }

  private readonly pick = (event: CustomEvent<number>): void => {
    send(this, 'ns-pick-row', event.detail);
    this.table?.revealRow(event.detail);
    // The text shows the row of an array in it; a dump has only the table for that.
    if (!this.inText) {
      this.table?.scrollIntoView({ block: 'nearest' });
    }
  };
}
