import { html, LitElement, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-split-layout/index.js';
import type { DumpView, Listing, Params } from '../../src/protocol';
import { formatBytes, formatCount } from '../format';
import { Host } from '../host';
import { icon } from '../icon';
import '../list/tensorList';
import '../overview/overviewPane';
import { Session } from '../session';
import { linkStyles, sharedStyles } from '../styles';
import { vscode } from '../vscodeApi';
import { WidthOf } from '../widthOf';
import { overviewNames, sourceLabel } from '../words';
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
    this.addEventListener('ns-slice', (event) => void this.session.choose(this.session.state.tensor!, event.detail));
    this.addEventListener('ns-pick-row', (event) => this.session.pickRow(event.detail));
    this.addEventListener('ns-focus', (event) => this.session.lookClosely(event.detail));
    this.addEventListener('ns-pick-element', (event) => this.session.pickElement(event.detail));
    this.addEventListener('ns-compared', (event) => void this.session.revealCompared(event.detail));
    this.addEventListener('ns-source', () => void this.session.revealSource());
    this.addEventListener('ns-cancel', () => this.session.cancel());
    this.addEventListener('ns-scan', () => void this.session.scan.start());
    this.addEventListener('ns-stop-scan', () => this.session.scan.cancel());
    this.addEventListener('ns-retry', () => this.session.retry());
    void this.session.start();
  }

  protected override render() {
    const listing = this.session.opened?.listing;
    if (listing === undefined) {
      return this.main();
    }
    return this.area.width < besideWidth ? this.above(listing) : this.beside(listing);
  }

  private beside(listing: Listing) {
    return html`<vscode-split-layout
      fixed-pane="start"
      initial-handle-position="360px"
      min-start="160px"
      min-end="320px"
    >
      <nav slot="start" aria-label="Tensors">${this.list(listing, false)}</nav>
      <div slot="end">${this.main()}</div>
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
        ${this.unfolded ? this.list(listing, true) : nothing}
      </nav>
      ${this.main()}
    </div>`;
  }

  private list(listing: Listing, untitled: boolean) {
    const { state, choosing, scan, overviewShown } = this.session;
    return html`<normscope-tensor-list
      .listing=${listing}
      .untitled=${untitled}
      .scan=${scan.state}
      .filter=${state.filter}
      .sort=${state.sort}
      .toggled=${state.toggled}
      .selected=${choosing ?? (overviewShown ? undefined : state.tensor)}
      >${this.overviews()}</normscope-tensor-list
    >`;
  }

  /** The views of the whole dump, above the list of its tensors. */
  private overviews() {
    const { opened, overviewShown } = this.session;
    return html`<ul class="overviews" aria-label="Views of the whole dump">
      ${opened?.overviews?.map(
        (view) =>
          html`<li>
            <button
              class="link"
              aria-current=${view === overviewShown ? 'true' : nothing}
              @click=${() => this.turnTo(view)}
            >
              ${overviewNames[view]}
            </button>
          </li>`,
      )}
    </ul>`;
  }

  private turnTo(overview: DumpView): void {
    this.unfolded = false;
    this.session.update({ overview });
  }

  private main() {
    const { opened, choosing } = this.session;
    const doing = this.doing();
    return html`<main>
      <h1 class="heard">Normscope</h1>
      ${doing ? html`<normscope-busy .what=${doing} .canCancel=${choosing !== undefined}></normscope-busy>` : nothing}
      ${opened && this.content(opened.source !== undefined)}
    </main>`;
  }

  /** What keeps the person waiting, if anything does. */
  private doing(): string | undefined {
    const { opened, opening, choosing, outdatedSince } = this.session;
    if (opened === undefined) {
      return opening ? `Reading ${formatBytes(opening.byteLength)} of ${opening.fileName} …` : 'Opening …';
    }
    if (choosing !== undefined) {
      return `Reading ${choosing} …`;
    }
    const fileName = opened.listing?.fileName ?? 'The file';
    return outdatedSince && `${fileName} cannot be read yet; shown as of ${outdatedSince.toLocaleTimeString()}`;
  }

  private content(inText: boolean) {
    const { session } = this;
    const { subject, spec, problem, choosing, overviewShown } = session;
    if (overviewShown) {
      return html`<normscope-overview
        .view=${overviewShown}
        .choice=${session.state.dump}
        .answer=${session.overview.answer}
      ></normscope-overview>`;
    }
    if (problem === undefined && subject === undefined && choosing === undefined) {
      return html`<p>${inText ? 'There is nothing to show.' : 'This file holds no tensors.'}</p>`;
    }
    return html`
      ${
        problem
          ? html`<normscope-problem
              .problem=${problem}
              .action=${{ label: sourceLabel(inText), event: 'ns-source' }}
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
              .report=${session.view.answer}
              .inText=${inText}
              .fetchValues=${this.fetchValues}
            ></normscope-inspector>`
          : nothing
      }
    `;
  }

  private choose(tensor: string): void {
    this.unfolded = false;
    void this.session.choose(tensor);
  }

  private readonly fetchValues = (params: Params<'values'>) => this.host.request('values', params);
}
