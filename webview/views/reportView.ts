import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { PageState, ReportView as ViewName, ViewReport } from '../../src/protocol';
import { send } from '../events';
import type { Answer } from '../resource';
import { sharedStyles } from '../styles';
import { viewDoing } from '../words';
import { answerView } from './answerView';
import './reportBody';
import './sliderField';
import { viewStyles } from './viewStyles';

/** A view made of what its report holds: sentences first, then headline numbers, charts and tables. */
@customElement('normscope-report-view')
export class ReportView extends LitElement {
  static override readonly styles = [sharedStyles, viewStyles];

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

  private results(report: ViewReport) {
    return html`<normscope-report
      .report=${report}
      .row=${this.selected}
      @row=${(event: CustomEvent<number>) => send(this, 'ns-pick-row', event.detail)}
      @feature=${(event: CustomEvent<number>) => this.choose({ scope: 'feature', feature: event.detail })}
    ></normscope-report>`;
  }

  private choose(change: Partial<PageState['view']>): void {
    send(this, 'ns-update', { view: { ...this.choice, ...change } });
  }
}
