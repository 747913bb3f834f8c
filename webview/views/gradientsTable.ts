import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { GradientReport, Shape } from '../../src/protocol';
import { send } from '../events';
import { formatFull, formatNumber, formatShape } from '../format';
import { cellOf } from '../geometry';
import { icon } from '../icon';
import { linkStyles, sharedStyles } from '../styles';
import { gradientNames } from '../words';
import { plainTableStyles } from './plainTableStyles';

const sourceTitles: Readonly<Record<GradientReport['source'], string>> = {
  analytic: 'The engine’s gradient against central differences',
  file: 'The file’s gradient against the engine’s',
};

/** Each gradient that was compared: its largest error with the limit, and the element it is at. */
@customElement('normscope-gradients-table')
export class GradientsTable extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    plainTableStyles,
    css`
      th .icon {
        margin-inline-end: 4px;
        vertical-align: text-bottom;
      }
      thead th.right {
        white-space: normal;
      }
      .method {
        font-family: var(--vscode-font-family);
        font-size: 0.9em;
      }
    `,
  ];

  @property({ attribute: false }) gradients!: readonly GradientReport[];
  /** Of x. */
  @property({ attribute: false }) shape!: Shape;

  protected override render() {
    return html`<div class="scroller" tabindex="0" role="region" aria-label="Gradients compared">
      <table>
        <thead>
          <tr>
            <th scope="col">Gradient</th>
            <th scope="col">Source</th>
            <th scope="col" class="right">Largest error</th>
            <th scope="col" class="right">Limit</th>
            <th scope="col" class="right">At element</th>
            <th scope="col" class="right">Found</th>
            <th scope="col" class="right">Expected</th>
            <th
              scope="col"
              class="right"
              title="Of the remainder along a random direction: 2 where the gradient is right, 1 where not"
            >
              Taylor order
            </th>
            <th
              scope="col"
              class="right"
              title="Largest error of the worst and a few other elements against a derivative sharper than central differences"
            >
              Sharper error
            </th>
          </tr>
        </thead>
        <tbody>
          ${this.gradients.map((gradient) => this.row(gradient))}
        </tbody>
      </table>
    </div>`;
  }

  private row({
    name,
    source,
    passed,
    maxRelError,
    limit,
    worstIndex,
    found,
    expected,
    taylorOrder,
    sharp,
  }: GradientReport) {
    return html`<tr>
      <th scope="row">
        ${icon(passed ? 'pass' : 'error')}${gradientNames[name]}<span class="heard">${passed ? 'right' : 'wrong'}</span>
      </th>
      <td title=${sourceTitles[source]}>${source}</td>
      <td class="right number" title=${formatFull(maxRelError)}>${formatNumber(maxRelError)}</td>
      <td class="right number" title=${formatFull(limit)}>${formatNumber(limit)}</td>
      <td class="right number">
        ${
          name === 'gradInput'
            ? html`<button class="link" @click=${() => send(this, 'ns-pick-element', cellOf(worstIndex, this.shape))}>
                ${formatShape(worstIndex)}
              </button>`
            : formatShape(worstIndex)
        }
      </td>
      <td class="right number" title=${formatFull(found)}>${formatNumber(found)}</td>
      <td class="right number" title=${formatFull(expected)}>${formatNumber(expected)}</td>
      <td class="right number">${taylorOrder === undefined ? '–' : taylorOrder.toFixed(2)}</td>
      <td class="right number" title=${sharp ? formatFull(sharp.error) : nothing}>
        ${sharp ? html`${formatNumber(sharp.error)}<br /><span class="quiet method">${sharp.method}</span>` : '–'}
      </td>
    </tr>`;
  }
}
