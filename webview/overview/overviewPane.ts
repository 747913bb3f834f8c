import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-option/index.js';
import '@vscode-elements/elements/dist/vscode-single-select/index.js';
import type { DumpView, PageState, ViewReport } from '../../src/protocol';
import { send } from '../events';
import { maxBlocks } from '../pageState';
import type { Answer } from '../resource';
import { sharedStyles } from '../styles';
import { answerView } from '../views/answerView';
import '../views/reportBody';
import '../views/sliderField';
import { viewStyles } from '../views/viewStyles';
import { overviewDoing, overviewNames } from '../words';

type Choice = PageState['dump'];

const initialisations: readonly { value: Choice['simulation']['init']; label: string }[] = [
  { value: 'xavier', label: 'Xavier' },
  { value: 'scaled', label: 'Xavier, branches ÷ √(2L)' },
  { value: 'zero', label: 'Branches end in zeros' },
];

/** A view of a whole dump, or of two. */
@customElement('normscope-overview')
export class OverviewPane extends LitElement {
  static override readonly styles = [
    sharedStyles,
    viewStyles,
    css`
      /* Its heading stands as high as the name of a tensor does. */
      :host {
        padding-top: 0;
      }
      h2 {
        font-size: 1.15em;
      }
    `,
  ];

  @property({ attribute: false }) view!: DumpView;
  @property({ attribute: false }) choice!: Choice;
  @property({ attribute: false }) answer!: Answer<'overview'>;

  protected override render() {
    return html`
      <h2>${overviewNames[this.view]}</h2>
      ${this.view === 'simulation' ? this.simulationControls() : nothing}
      ${answerView(this.answer, overviewDoing[this.view], (report) => this.results(report))}
    `;
  }

  private simulationControls() {
    const { blocks, init } = this.choice.simulation;
    return html`<div class="controls">
      <normscope-slider
        label="Blocks"
        .min=${1}
        .max=${maxBlocks}
        .step=${1}
        .value=${blocks}
        @slide=${(event: CustomEvent<number>) => this.simulate({ blocks: event.detail })}
      ></normscope-slider>
      <vscode-single-select
        .label=${'Initialization'}
        .options=${initialisations}
        .value=${init}
        @change=${(event: Event) => this.simulate({ init: (event.target as HTMLInputElement).value as typeof init })}
      ></vscode-single-select>
    </div>`;
  }

  private results(report: ViewReport) {
    return html`<normscope-report
      .report=${report}
      .detail=${this.choice.detail}
      @detail=${(event: CustomEvent<string>) => this.look(event.detail)}
      @tensor=${(event: CustomEvent<{ tensor: string; row?: number }>) => this.turnTo(event.detail)}
    ></normscope-report>`;
  }

  /** A tensor of one dump is shown in the inspector; one of two dumps stays here. */
  private turnTo({ tensor, row }: { tensor: string; row?: number }): void {
    if (this.view === 'compare') {
      this.look(tensor);
    } else {
      send(this, 'ns-update', { overview: undefined, ...(row === undefined ? {} : { row }) });
      send(this, 'ns-choose', tensor);
    }
  }

  private look(detail: string): void {
    send(this, 'ns-update', { dump: { ...this.choice, detail } });
  }

  private simulate(change: Partial<Choice['simulation']>): void {
    send(this, 'ns-update', { dump: { ...this.choice, simulation: { ...this.choice.simulation, ...change } } });
  }
}
