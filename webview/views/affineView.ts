import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-checkbox/index.js';
import '../charts/chart';
import type { FeaturesReport, PageState } from '../../src/protocol';
import { send } from '../events';
import { formatCount } from '../format';
import type { Answer } from '../resource';
import { linkStyles, sharedStyles } from '../styles';
import { affineCharts } from './affineCharts';
import { answerView } from './answerView';
import './sliderField';
import { viewStyles } from './viewStyles';

/** What γ and β do to each feature, with sliders that vary them. */
@customElement('normscope-affine-view')
export class AffineView extends LitElement {
  static override readonly styles = [sharedStyles, linkStyles, viewStyles];

  @property({ attribute: false }) answer!: Answer<'features'>;
  @property({ attribute: false }) choice!: Pick<PageState, 'affine' | 'weightScale' | 'biasShift'>;

  protected override render() {
    const { affine, weightScale, biasShift } = this.choice;
    const isMoved = weightScale !== 1 || biasShift !== 0;
    return html`
      <div class="controls">
        <normscope-slider
          label="Scale γ by"
          .max=${3}
          .value=${weightScale}
          .disabled=${!affine}
          @slide=${(event: CustomEvent<number>) => send(this, 'ns-update', { weightScale: event.detail })}
        ></normscope-slider>
        <normscope-slider
          label="Shift β by"
          .min=${-3}
          .max=${3}
          .value=${biasShift}
          .disabled=${!affine}
          @slide=${(event: CustomEvent<number>) => send(this, 'ns-update', { biasShift: event.detail })}
        ></normscope-slider>
        <vscode-checkbox
          label="No affine"
          title="Leave γ and β out"
          .checked=${!affine}
          @change=${(event: Event) => send(this, 'ns-update', { affine: !(event.target as HTMLInputElement).checked })}
        ></vscode-checkbox>
        ${
          isMoved
            ? html`<button class="link" @click=${() => send(this, 'ns-update', { weightScale: 1, biasShift: 0 })}>
                Reset
              </button>`
            : nothing
        }
      </div>
      ${answerView(this.answer, 'Computing the features …', (report) => this.results(report))}
    `;
  }

  private results(report: FeaturesReport) {
    const sentences = describe(report);
    return html`
      ${
        sentences.length === 0
          ? nothing
          : html`<div class="notes quiet">${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>`
      }
      <div class="charts">
        ${affineCharts(report).map((model) => html`<normscope-chart .model=${model}></normscope-chart>`)}
      </div>
    `;
  }
}

/** What a reader should know before trusting the charts. */
function describe({ hasWeight, hasBias, rowsUsed, rowCount }: FeaturesReport): string[] {
  const missing = [!hasWeight && 'γ is taken as 1', !hasBias && 'β is taken as 0'].filter(Boolean);
  return [
    ...(missing.length === 0
      ? []
      : [`No ${missing.length === 2 ? 'γ and β' : hasWeight ? 'β' : 'γ'} came along: ${missing.join(', ')}.`]),
    ...(rowsUsed < rowCount
      ? [`Mean and standard deviation are over the ${formatCount(rowsUsed, 'row')} of ${rowCount} that are finite.`]
      : []),
  ];
}
