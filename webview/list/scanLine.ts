import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-progress-bar/index.js';
import type { Listing } from '../../src/protocol';
import { send } from '../events';
import { formatBytes, formatCount } from '../format';
import type { ScanState } from '../scan';
import { linkStyles, sharedStyles } from '../styles';

/** How far the statistics of the list are, and the way to stop or to begin; nothing once all of them are there. */
@customElement('normscope-scan-line')
export class ScanLine extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      :host {
        position: relative;
        font-size: 0.9em;
      }
      vscode-progress-bar {
        position: absolute;
        inset: 0 0 auto;
      }
      .line {
        display: flex;
        align-items: baseline;
        gap: 12px;
        padding: 5px 12px 6px;
        border-top: 1px solid var(--ns-line);
      }
      .what {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      button.link {
        flex: none;
      }
    `,
  ];

  @property({ attribute: false }) listing!: Listing;
  @property({ attribute: false }) scan!: ScanState;

  protected override render() {
    const { progress, problem, tensors } = this.scan;
    const readable = this.listing.tensors.filter(({ undecoded }) => undecoded === undefined);
    const all = readable.length;
    if (progress !== undefined) {
      const { tensor, doneBytes, totalBytes } = progress;
      const done = `${formatBytes(doneBytes)} of ${formatBytes(totalBytes)}`;
      return html`
        <vscode-progress-bar
          .ariaLabel=${'Statistics of all tensors'}
          .value=${doneBytes}
          .max=${Math.max(1, totalBytes)}
        ></vscode-progress-bar>
        <div class="line">
          <span class="what quiet" title=${tensor ?? nothing}>
            ${tensor === undefined ? 'Reading …' : `${done} · ${tensor}`}
          </span>
          <button class="link" @click=${() => send(this, 'ns-stop-scan', undefined)}>Cancel</button>
        </div>
      `;
    }
    if (problem === undefined && tensors.size >= all) {
      return nothing;
    }
    const bytes = readable.reduce((sum, { byteLength }) => sum + byteLength, 0);
    const what =
      problem?.message ??
      (tensors.size > 0 ? `Statistics of ${tensors.size} of ${formatCount(all, 'tensor')}` : formatBytes(bytes));
    const label = problem ? 'Try Again' : tensors.size > 0 ? 'Continue' : 'Compute Statistics';
    return html`<div class="line">
      <span class="what quiet" title=${problem?.message ?? nothing}>${what}</span>
      <button class="link" @click=${() => send(this, 'ns-scan', undefined)}>${label}</button>
    </div>`;
  }
}
