import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import { send } from '../events';
import { formatBytes } from '../format';
import { linkStyles, sharedStyles } from '../styles';

/** A thin bar while something is under way, with what it is and the way to stop it once that takes long. */
@customElement('normscope-busy')
export class BusyLine extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      /* Over what is there, so that nothing moves when it comes and goes. */
      :host {
        position: absolute;
        z-index: 2;
        inset: 0 0 auto;
        height: 0;
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
      .what {
        display: flex;
        gap: 12px;
        width: fit-content;
        margin: 8px auto 0;
        padding: 4px 12px;
        border: 1px solid var(--vscode-editorHoverWidget-border);
        border-radius: 4px;
        background: var(--vscode-editorHoverWidget-background);
        color: var(--vscode-editorHoverWidget-foreground);
        animation-delay: 500ms;
      }
    `,
  ];

  /** "Reading blocks.3.ln1.input …" */
  @property({ attribute: false }) what = '';
  @property({ attribute: false }) canCancel = false;
  /** How much of it is done, in bytes, where that is known. */
  @property({ attribute: false }) progress?: { readonly done: number; readonly total: number };

  protected override render() {
    const { progress } = this;
    return html`
      ${
        progress
          ? html`<vscode-progress-bar
              .ariaLabel=${this.what}
              .value=${progress.done}
              .max=${progress.total}
            ></vscode-progress-bar>`
          : html`<vscode-progress-bar .ariaLabel=${this.what} indeterminate></vscode-progress-bar>`
      }
      <div class="what">
        <span role="status">${this.what}</span>
        ${
          progress
            ? html`<span class="quiet number">${formatBytes(progress.done)} of ${formatBytes(progress.total)}</span>`
            : nothing
        }
        ${
          this.canCancel
            ? html`<button class="link" @click=${() => send(this, 'ns-cancel', undefined)}>Cancel</button>`
            : nothing
        }
      </div>
    `;
  }
}
