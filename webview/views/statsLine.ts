import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { TensorStats } from '../../src/protocol';
import { formatFull, formatNumber } from '../format';
import { sharedStyles } from '../styles';
import { factStyles } from './factStyles';

/** The headline numbers of a tensor. */
@customElement('normscope-stats')
export class StatsLine extends LitElement {
  static override readonly styles = [
    sharedStyles,
    factStyles,
    css`
      dl {
        column-gap: 18px;
      }
      .alarm {
        color: var(--ns-nonfinite);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) stats!: TensorStats;

  protected override render() {
    const { min, max, mean, variance, rms, zero, nan, posInf, negInf } = this.stats;
    return html`<dl>
      ${number('min', min)} ${number('max', max)} ${number('mean', mean)} ${number('variance (÷N)', variance)}
      ${number('RMS', rms)} ${number('zeros', zero)} ${number('NaN', nan, nan > 0)}
      ${number('Inf', posInf + negInf, posInf + negInf > 0)}
    </dl>`;
  }
}

function number(name: string, value: number, isAlarm = false) {
  return html`<div>
    <dt class="quiet">${name}</dt>
    <dd class="number ${isAlarm ? 'alarm' : ''}" title=${formatFull(value)}>${formatNumber(value)}</dd>
  </div>`;
}
