import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import type { Problem } from '../../src/protocol';
import { send } from '../events';
import { icon } from '../icon';
import { sharedStyles } from '../styles';

/** What went wrong or was stopped, what can be done, and the one button that helps. */
@customElement('normscope-problem')
export class ProblemNotice extends LitElement {
  static override readonly styles = [
    sharedStyles,
    css`
      :host {
        padding: 16px 0;
      }
      .problem {
        display: flex;
        gap: 8px;
        max-width: 640px;
        overflow-wrap: anywhere;
      }
      .icon {
        margin-top: 1px;
      }
      vscode-button {
        margin-top: 12px;
      }
    `,
  ];

  @property({ attribute: false }) problem!: Problem;
  @property({ attribute: false }) action?: { readonly label: string; readonly event: 'ns-source' | 'ns-retry' };

  protected override render() {
    const { problem, action } = this;
    return html`<div class="problem" role=${problem.isWanted ? 'status' : 'alert'}>
      ${icon(problem.isWanted ? 'info' : 'error')}
      <div>
        <p>${problem.message}</p>
        ${problem.advice ? html`<p class="quiet">${problem.advice}</p>` : nothing}
        ${
          action
            ? html`<vscode-button @click=${() => send(this, action.event, undefined)}>${action.label}</vscode-button>`
            : nothing
        }
      </div>
    </div>`;
  }
}
