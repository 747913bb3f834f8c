import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-split-layout/index.js';
import type { Listing, Params } from '../../src/protocol';
import { formatCount } from '../format';
import { Host } from '../host';
import { icon } from '../icon';
import '../list/tensorList';
import { Session } from '../session';
import { linkStyles, sharedStyles } from '../styles';
import { vscode } from '../vscodeApi';
import { WidthOf } from '../widthOf';
import { appStyles } from './appStyles';
import './busyLine';
import './inspectorPane';
import './problemNotice';

/** Below this width, in pixels, the list of a dump stands above the inspector instead of beside it. */
const besideWidth = 720;

/** The page: connects the host with the components, and lays them out. */
@customElement('normscope-app')
export class App extends LitElement {
  static override readonly styles = [sharedStyles, linkStyles, appStyles];

  /** Whether the list is shown where it stands above the inspector. */
  @state() private unfolded = false;
  private readonly host = new Host((message) => vscode.postMessage(message));
  private readonly session = new Session(
    this.host,
    vscode.getState(),
    (state) => vscode.setState(state),
    () => this.requestUpdate(),
  );
  private readonly area = new WidthOf(this, [besideWidth]);

  constructor() {
    super();
    window.addEventListener('message', (event) => this.host.receive(event.data));
    this.addEventListener('ns-update', (event) => this.session.update(event.detail));
    this.addEventListener('ns-choose', (event) => this.choose(event.detail));
    this.addEventListener('ns-pick-row', (event) => this.session.pickRow(event.detail));
    this.addEventListener('ns-source', () => void this.session.revealSource());
    this.addEventListener('ns-cancel', () => this.session.cancel());
    this.addEventListener('ns-retry', () => this.session.retry());
    void this.session.start();
  }

  protected override render() {
    const { opened } = this.session;
    if (opened === undefined) {
      return html`<div class="main"><normscope-busy .what=${'Opening …'}></normscope-busy></div>`;
    }
    if (opened.listing === undefined) {
      return html`<main class="main">${this.main()}</main>`;
    }
    return this.area.width < besideWidth ? this.above(opened.listing) : this.beside(opened.listing);
  }

  private beside(listing: Listing) {
    return html`<vscode-split-layout
      fixed-pane="start"
      initial-handle-position="272px"
      min-start="160px"
      min-end="320px"
    >
      <nav slot="start" aria-label="Tensors">${this.list(listing)}</nav>
      <main slot="end" class="main">${this.main()}</main>
    </vscode-split-layout>`;
  }

  private above(listing: Listing) {
    return html`<div class="narrow">
      <nav class="fold" aria-label="Tensors">
        <button class="link" aria-expanded=${this.unfolded} @click=${() => (this.unfolded = !this.unfolded)}>
          ${icon(this.unfolded ? 'expanded' : 'collapsed')}
          <span class="name">${listing.fileName}</span>
          <span class="quiet count">${formatCount(listing.tensors.length, 'tensor')}</span>
        </button>
        ${this.unfolded ? this.list(listing) : nothing}
      </nav>
      <main class="main">${this.main()}</main>
    </div>`;
  }

  private list(listing: Listing) {
    const { state, choosing } = this.session;
    return html`<normscope-tensor-list
      .listing=${listing}
      .filter=${state.filter}
      .selected=${choosing ?? state.tensor}
    ></normscope-tensor-list>`;
  }

  private main() {
    const { session } = this;
    const { subject, spec, problem, choosing } = session;
    const isDump = session.opened?.listing !== undefined;
    return html`
      ${
        choosing === undefined
          ? nothing
          : html`<normscope-busy .what=${`Reading ${choosing} …`} .canCancel=${true}></normscope-busy>`
      }
      ${
        problem
          ? html`<normscope-problem
              .problem=${problem}
              .action=${{ label: isDump ? 'Open as Text' : 'Show in Text', event: 'ns-source' }}
            ></normscope-problem>`
          : nothing
      }
      ${
        subject && spec
          ? html`<normscope-inspector
              class="results ${choosing === undefined ? '' : 'stale'}"
              .subject=${subject}
              .spec=${spec}
              .state=${session.state}
              .rows=${session.rows.answer}
              .features=${session.features.answer}
              .gradients=${session.gradients.answer}
              .sourceLabel=${isDump ? 'Open as Text' : 'Show in Text'}
              .fetchValues=${this.fetchValues}
            ></normscope-inspector>`
          : problem || choosing
            ? nothing
            : html`<p>${isDump ? 'This file holds no tensors.' : 'There is nothing to show.'}</p>`
      }
    `;
  }

  private choose(tensor: string): void {
    this.unfolded = false;
    void this.session.choose(tensor);
  }

  private readonly fetchValues = (params: Params<'values'>) => this.host.request('values', params);
}
