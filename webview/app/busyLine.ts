import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { send } from '../events';
import { linkStyles, sharedStyles } from '../styles';

/** A thin bar while something is under way, with what it is and the way to stop it once that takes long. */
@customElement('normscope-busy')
export class BusyLine extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      :host {
        position: relative;
      }
      @keyframes appear {
        to {
          visibility: visible;
        }
      }
      vscode-progress-bar,
      .what {
        visibility: hidden;
        animation: appear 0s 100ms forwards;
      }
      vscode-progress-bar {
        position: absolute;
        inset: 0 0 auto;
      }
      .what {
        display: flex;
        gap: 12px;
        padding-top: 8px;
        animation-delay: 500ms;
      }
    `,
  ];

  /** "Reading blocks.3.ln1.input …" */
  @property({ attribute: false }) what = '';
  @property({ attribute: false }) canCancel = false;

  protected override render() {
    return html`
      <vscode-progress-bar .ariaLabel=${this.what} indeterminate></vscode-progress-bar>
      <div class="what">
        <span role="status">${this.what}</span>
        ${
          this.canCancel
            ? html`<button class="link" @click=${() => send(this, 'ns-cancel', undefined)}>Cancel</button>`
            : nothing
        }
      </div>
    `;
  }
}
