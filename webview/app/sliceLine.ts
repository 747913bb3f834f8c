import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { Shape, Slice } from '../../src/protocol';
import { send } from '../events';
import { icon } from '../icon';
import { linkStyles, sharedStyles } from '../styles';

/** Holds axes of a tensor at one index each; folded away until a person wants to. */
@customElement('normscope-slice')
export class SliceLine extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      .axes {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 16px;
      }
      label {
        display: flex;
        align-items: center;
        gap: 4px;
      }
      vscode-textfield {
        width: 72px;
      }
    `,
  ];

  @property({ attribute: false }) whole!: Shape;
  @property({ attribute: false }) slice?: Slice;
  @state() private unfolded = false;

  protected override render() {
    const open = this.unfolded || this.slice !== undefined;
    return html`<div class="axes">
      <button class="link" aria-expanded=${open} @click=${() => (this.unfolded = !open)}>
        ${icon(open ? 'expanded' : 'collapsed')}Slice
      </button>
      ${open ? this.whole.map((length, axis) => this.axis(length, axis)) : nothing}
      ${
        this.slice
          ? html`<button class="link" @click=${() => send(this, 'ns-slice', undefined)}>Show the whole tensor</button>`
          : nothing
      }
    </div>`;
  }

  private axis(length: number, axis: number) {
    return html`<label>
      <span class="quiet">axis ${axis} of ${length}</span>
      <vscode-textfield
        type="number"
        placeholder="all"
        .label=${`Index along axis ${axis}, empty for all of it`}
        .min=${0}
        .max=${length - 1}
        .value=${String(this.slice?.[axis] ?? '')}
        @change=${(event: Event) => this.hold(axis, (event.target as HTMLInputElement).value)}
      ></vscode-textfield>
    </label>`;
  }

  /** The host says what is wrong with an index that the axis does not have. */
  private hold(axis: number, typed: string): void {
    const slice = this.whole.map((_, i) =>
      i === axis ? (typed === '' ? null : Number(typed)) : (this.slice?.[i] ?? null),
    );
    send(this, 'ns-slice', slice.some((index) => index !== null) ? slice : undefined);
  }
}
