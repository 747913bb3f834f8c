import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { sharedStyles } from '../styles';

/**
 * A slider with its name and its value.
 *
 * @fires slide with the value, while it is moved
 */
@customElement('normscope-slider')
export class SliderField extends LitElement {
  static override readonly styles = [
    sharedStyles,
    css`
      label {
        display: flex;
        align-items: center;
        gap: 8px;
      }
      .name {
        min-width: 72px;
      }
      input {
        width: 160px;
        height: 18px;
        margin: 0;
        background: none;
        appearance: none;
        cursor: pointer;
      }
      input::-webkit-slider-runnable-track {
        height: 4px;
        border-radius: 2px;
        background: var(--vscode-input-background);
        box-shadow: 0 0 0 1px var(--vscode-settings-textInputBorder, var(--vscode-contrastBorder, var(--ns-line)));
      }
      input::-webkit-slider-thumb {
        width: 14px;
        height: 14px;
        margin-top: -5px;
        border: 0;
        border-radius: 50%;
        background: var(--ns-after);
        appearance: none;
      }
      input:focus-visible {
        outline: 1px solid var(--vscode-focusBorder);
        outline-offset: 2px;
      }
      input:disabled {
        opacity: 0.4;
        cursor: default;
      }
      output {
        min-width: 5ch;
      }
    `,
  ];

  @property() label = '';
  @property({ type: Number }) min = 0;
  @property({ type: Number }) max = 1;
  @property({ type: Number }) step = 0.01;
  @property({ type: Number }) value = 0;
  @property({ type: Boolean }) disabled = false;

  protected override render() {
    return html`<label>
      <span class="name">${this.label}</span>
      <input
        type="range"
        min=${this.min}
        max=${this.max}
        step=${this.step}
        .value=${String(this.value)}
        ?disabled=${this.disabled}
        @input=${this.slide}
      />
      <output class="number">${this.value.toFixed(this.step < 1 ? 2 : 0)}</output>
    </label>`;
  }

  private readonly slide = (event: Event): void => {
    const value = Number((event.target as HTMLInputElement).value);
    this.dispatchEvent(new CustomEvent('slide', { detail: value }));
  };
}
