import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { NormSpec, PageState, ReportView as ViewName, Subject, ViewReport } from '../../src/protocol';
import { choicesOver } from '../choicesOver';
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
  static override readonly styles = [
    sharedStyles,
    viewStyles,
    css`
      .preset {
        width: min(360px, 100%);
      }
    `,
  ];

  @property({ attribute: false }) subject!: Subject;
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
        return this.reportChoice();
    }
  }

  /** What the report itself leaves to choose; it stays while another one is made. */
  private reportChoice() {
    const choice = this.answer.value?.choice;
    const chosen = choice?.options.find(({ value }) => value === this.choice.preset);
    return choice === undefined
      ? nothing
      : html`<div class="controls">
          <span aria-hidden="true">${choice.label}</span>
          <vscode-single-select
            class="preset"
            .label=${choice.label}
            .options=${choice.options}
            .value=${chosen?.value ?? choice.value}
            @change=${(event: Event) => this.choose({ preset: (event.target as HTMLInputElement).value })}
          ></vscode-single-select>
        </div>`;
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
      @spec=${(event: CustomEvent<NormSpec>) =>
        send(this, 'ns-update', { choices: choicesOver(this.subject.spec, event.detail) })}
      @feature=${(event: CustomEvent<number>) => this.choose({ scope: 'feature', feature: event.detail })}
    ></normscope-report>`;
  }

  private choose(change: Partial<PageState['view']>): void {
    send(this, 'ns-update', { view: { ...this.choice, ...change } });
  }
}
