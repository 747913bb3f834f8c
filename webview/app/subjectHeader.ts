import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Subject } from '../../src/protocol';
import { send } from '../events';
import { formatBytes, formatShape } from '../format';
import { icon } from '../icon';
import { linkStyles, sharedStyles } from '../styles';
import { sourceLabel } from '../words';
import './sliceLine';

/** What is shown: name, dtype, shape, size and place, and the way to its source. */
@customElement('normscope-subject-header')
export class SubjectHeader extends LitElement {
  static override readonly styles = [
    sharedStyles,
    linkStyles,
    css`
      .line {
        display: flex;
        align-items: flex-start;
        gap: 12px;
      }
      .facts {
        display: flex;
        flex: 1;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 0 12px;
        min-width: 0;
      }
      h2 {
        font-size: 1.15em;
        overflow-wrap: anywhere;
      }
      .note {
        display: flex;
        gap: 4px;
        margin-top: 4px;
      }
      button.link {
        flex: none;
      }
    `,
  ];

  @property({ attribute: false }) subject!: Subject;
  /** Whether the subject stands in a text, and not in a dump. */
  @property({ attribute: false }) inText = false;

  protected override render() {
    const { title, dtype, shape, wholeShape, slice, byteLength, place, notes } = this.subject;
    return html`
      <div class="line">
        <div class="facts">
          <h2>${title}</h2>
          <span class="number">${dtype} ${formatShape(slice ? shape : (wholeShape ?? shape))}</span>
          <span class="quiet">${formatBytes(byteLength)}</span>
          <span class="quiet">${place}</span>
        </div>
        <button class="link" @click=${() => send(this, 'ns-source', undefined)}>
          ${icon('source')}${sourceLabel(this.inText)}
        </button>
      </div>
      ${wholeShape && wholeShape.length > 1 ? html`<normscope-slice .whole=${wholeShape} .slice=${slice}></normscope-slice>` : nothing}
      ${notes.map((note) => html`<p class="note">${icon('info')}${note}</p>`)}
    `;
  }
}
