import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { Listing } from '../../src/protocol';
import { send } from '../events';
import { formatBytes } from '../format';
import { icon } from '../icon';
import { sharedStyles } from '../styles';
import { VirtualAxis } from '../virtual/virtualAxis';
import { tensorListStyles } from './tensorListStyles';
import { tensorRows, type Group, type TensorRow } from './tensorRows';

/** Pixels of one line: a name and what it is, below each other. */
const rowHeight = 40;

/** The tensors of a dump: a filter, the norms found, all tensors. Only the lines in view are drawn. */
@customElement('normscope-tensor-list')
export class TensorList extends LitElement {
  static override readonly styles = [sharedStyles, tensorListStyles];

  @property({ attribute: false }) listing!: Listing;
  @property({ attribute: false }) filter = '';
  /** The tensor that is shown or being read. */
  @property({ attribute: false }) selected?: string;

  /** Whether the name of the file stands above the list already. */
  @property({ attribute: false }) untitled = false;

  @state() private collapsed: ReadonlySet<Group> = new Set();
  /** The line that keys act on. */
  @state() private active = 0;
  @state() private viewHeight = 0;
  @query('.scroller') private readonly scroller!: HTMLElement | null;
  private rows: readonly TensorRow[] = [];
  private readonly resized = new ResizeObserver(() => (this.viewHeight = this.scroller!.clientHeight));

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('listing') || changed.has('filter') || changed.has('collapsed')) {
      this.rows = tensorRows(this.listing, this.filter, this.collapsed);
      this.active = Math.min(this.active, this.rows.length - 1);
    }
    const current = this.rows[this.active];
    if (changed.has('selected') && !(current?.kind === 'item' && current.tensor === this.selected)) {
      const found = this.rows.findIndex((row) => row.kind === 'item' && row.tensor === this.selected);
      this.active = found < 0 ? this.active : found;
    }
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.scroller!);
    this.viewHeight = this.scroller!.clientHeight;
    void this.updateComplete.then(() => this.reveal());
  }

  protected override render() {
    const axis = this.axis();
    const { first, end, offset } = axis.windowAt(this.scroller?.scrollTop ?? 0);
    const { fileName, format, byteLength, notes } = this.listing;
    return html`
      <div class="head">
        ${this.untitled ? nothing : html`<h2 title=${fileName}>${fileName}</h2>`}
        <div class="quiet">${format} · ${formatBytes(byteLength)}</div>
        ${notes.map((note) => html`<p class="quiet">${note}</p>`)}
        <vscode-textfield
          placeholder="Filter tensors"
          .label=${'Filter tensors'}
          .value=${this.filter}
          @input=${(event: InputEvent) => send(this, 'ns-update', { filter: (event.target as HTMLInputElement).value })}
          @keydown=${this.leaveFilter}
        >
          <span slot="content-before">${icon('search')}</span>
        </vscode-textfield>
      </div>
      <div
        class="scroller"
        role="tree"
        tabindex="0"
        aria-label="Tensors of ${fileName}"
        aria-activedescendant=${this.active >= first && this.active < end ? `line-${this.active}` : nothing}
        @scroll=${() => this.requestUpdate()}
        @keydown=${this.key}
      >
        <div class="sheet" .style=${`height: ${this.viewHeight}px`}>
          ${this.rows.slice(first, end).map((row, i) => this.line(row, first + i, offset + i * rowHeight))}
        </div>
        <div .style=${`height: ${Math.max(0, axis.scrollSize - this.viewHeight)}px`}></div>
      </div>
    `;
  }

  private line(row: TensorRow, index: number, top: number) {
    const active = index === this.active ? 'active' : '';
    if (row.kind === 'head') {
      return html`<div
        class="line group ${active}"
        id="line-${index}"
        role="treeitem"
        aria-level="1"
        aria-expanded=${row.expanded}
        .style=${`top: ${top}px`}
        @click=${() => this.act(index)}
      >
        ${icon(row.expanded ? 'expanded' : 'collapsed')} ${row.label}
      </div>`;
    }
    const isSelected = row.tensor === this.selected;
    return html`<div
      class="line item ${active} ${isSelected ? 'selected' : ''}"
      id="line-${index}"
      role="treeitem"
      aria-level="2"
      aria-posinset=${row.position}
      aria-setsize=${row.count}
      aria-selected=${isSelected}
      aria-label="${row.stem}${row.tail}, ${row.detail}"
      title="${row.stem}${row.tail}"
      .style=${`top: ${top}px`}
      @click=${() => this.act(index)}
    >
      <div class="name"><span class="stem">${row.stem}</span><span class="tail">${row.tail}</span></div>
      <div class="detail">${row.detail}</div>
    </div>`;
  }

  private axis(): VirtualAxis {
    return new VirtualAxis(this.rows.length, rowHeight, this.viewHeight);
  }

  private act(index: number): void {
    this.active = index;
    const row = this.rows[index];
    if (row?.kind === 'item') {
      send(this, 'ns-choose', row.tensor);
    } else if (row?.kind === 'head') {
      this.expand(row.group, !row.expanded);
    }
  }

  private expand(group: Group, expanded: boolean): void {
    const collapsed = new Set(this.collapsed);
    if (expanded) {
      collapsed.delete(group);
    } else {
      collapsed.add(group);
    }
    this.collapsed = collapsed;
  }

  private reveal(): void {
    this.scroller?.scrollTo(0, this.axis().reveal(this.active, this.scroller.scrollTop));
  }

  private readonly leaveFilter = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      this.scroller?.focus();
      event.preventDefault();
    }
  };

  private readonly key = (event: KeyboardEvent): void => {
    const row = this.rows[this.active];
    const page = Math.max(1, Math.floor(this.viewHeight / rowHeight));
    const last = this.rows.length - 1;
    const moves: Record<string, number> = {
      ArrowDown: this.active + 1,
      ArrowUp: this.active - 1,
      PageDown: this.active + page,
      PageUp: this.active - page,
      Home: 0,
      End: last,
    };
    if (Object.hasOwn(moves, event.key)) {
      this.active = Math.max(0, Math.min(last, moves[event.key]));
      this.reveal();
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.act(this.active);
    } else if (event.key === 'ArrowLeft' && row !== undefined) {
      this.active = this.rows.findIndex(({ kind, group }) => kind === 'head' && group === row.group);
      if (row.kind === 'head') {
        this.expand(row.group, false);
      }
      this.reveal();
    } else if (event.key === 'ArrowRight' && row?.kind === 'head') {
      this.expand(row.group, true);
    } else {
      return;
    }
    event.preventDefault();
  };
}
