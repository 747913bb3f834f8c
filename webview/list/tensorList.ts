import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { Listing, ListSort } from '../../src/protocol';
import { send } from '../events';
import { formatBytes } from '../format';
import { icon } from '../icon';
import type { ScanState } from '../scan';
import { linkStyles, sharedStyles } from '../styles';
import { VirtualAxis } from '../virtual/virtualAxis';
import { columnsFor, isNonfinite, type ColumnId, type Nonfinite } from './columns';
import { Folds } from './folds';
import { listHead } from './listHead';
import { listLine } from './listLine';
import { isSection, keyOf, listRows, type ListRow } from './listRows';
import { moveInList } from './moveInList';
import { nonfiniteBelow } from './nonfiniteBelow';
import './scanLine';
import { tensorListStyles } from './tensorListStyles';
import { pathTo, tensorTree, type TreeNode } from './tensorTree';

/** Pixels of one line, as in the editor's own trees; the titles above them are as high. */
const rowHeight = 22;
/** Dumps of at most so many tensors are shown unfolded. */
const smallDump = 40;
/** What may change without the lines becoming others; scrolling changes no property at all. */
const besideLines: readonly PropertyKey[] = ['active', 'view'];

/**
 * The tensors of a dump: a filter, the norms found, all tensors as a tree. Only the lines in view are drawn. What it is
 * given to hold stands below the title.
 */
@customElement('normscope-tensor-list')
export class TensorList extends LitElement {
  static override readonly styles = [sharedStyles, linkStyles, tensorListStyles];

  @property({ attribute: false }) listing!: Listing;
  @property({ attribute: false }) scan!: ScanState;
  @property({ attribute: false }) filter = '';
  @property({ attribute: false }) sort?: ListSort;
  @property({ attribute: false }) toggled: readonly string[] = [];
  /** The tensor that is shown or being read. */
  @property({ attribute: false }) selected?: string;
  /** Whether the name of the file stands above the list already. */
  @property({ attribute: false }) untitled = false;

  /** The key of the line that keys act on. */
  @state() private active = '';
  /** Pixels of the list that are in view, scroll bar not counted. */
  @state() private view = { width: 0, height: 0 };
  @query('.scroller') private readonly scroller!: HTMLElement | null;
  private rows: readonly ListRow[] = [];
  private nonfinite: ReadonlyMap<TreeNode, Nonfinite> = new Map();
  private anyNonfinite = false;
  private folds!: Folds;
  /** Lines folded while a filter is on, which unfolds all that it leaves. */
  @state() private foldedInFilter: readonly string[] = [];
  /** The tensor that is to become the active line as soon as one of the lines stands for it. */
  private sought?: string;
  private readonly resized = new ResizeObserver(() => this.measure());

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (Array.from(changed.keys()).every((name) => besideLines.includes(name))) {
      return; // A frame has no time to lay out tens of thousands of lines again.
    }
    if (changed.has('filter')) {
      this.foldedInFilter = [];
    }
    const isSmall = this.listing.tensors.length <= smallDump;
    this.folds =
      this.filter === ''
        ? new Folds((key) => isSmall || isSection(key), this.toggled)
        : new Folds(() => true, this.foldedInFilter);
    const known = this.rows;
    this.rows = listRows(this.listing, {
      filter: this.filter,
      sort: this.sort,
      isExpanded: (key) => this.folds.isExpanded(key),
      statsOf: (name) => {
        const scanned = this.scan.tensors.get(name);
        return scanned && 'stats' in scanned ? scanned.stats : undefined;
      },
    });
    this.anyNonfinite = [...this.scan.tensors.values()].some(
      (scanned) => 'stats' in scanned && isNonfinite(scanned.stats),
    );
    this.nonfinite = nonfiniteBelow(
      this.rows.flatMap(({ level, node }) => (level === 2 && node ? [node] : [])),
      this.scan.tensors,
    );
    if (changed.has('selected')) {
      this.sought = this.selected;
    }
    const found = this.rows.filter(({ tensor }) => tensor && tensor.name === this.sought);
    if (found.length > 0) {
      this.sought = undefined;
    }
    if (found.length > 0 && found.every(({ key }) => key !== this.active)) {
      this.active = found[0].key;
      void this.updateComplete.then(() => this.reveal());
    } else if (this.rowAt(this.active) === undefined) {
      // What was active is folded away or filtered out: the line at its place takes over.
      const index = known.findIndex(({ key }) => key === this.active);
      this.active = this.rows[Math.max(0, Math.min(index, this.rows.length - 1))].key;
    }
  }

  protected override firstUpdated(): void {
    this.resized.observe(this.scroller!);
    this.measure();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('selected') && this.sought !== undefined) {
      this.unfoldTo(this.sought);
    }
  }

  protected override render() {
    const axis = this.axis();
    const { first, end, offset } = axis.windowAt(this.scroller?.scrollTop ?? 0);
    const { fileName, format, byteLength, notes } = this.listing;
    const active = this.rows.findIndex(({ key }) => key === this.active);
    const shown = columnsFor(this.view.width, this.anyNonfinite);
    return html`
      <div class="head">
        ${this.untitled ? nothing : html`<h2 title=${fileName}>${fileName}</h2>`}
        <div class="quiet">${format} · ${formatBytes(byteLength)}</div>
        ${notes.map((note) => html`<p class="quiet">${note}</p>`)}
        <slot></slot>
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
        role="treegrid"
        tabindex="0"
        aria-label="Tensors of ${fileName}"
        aria-rowcount=${this.rows.length + 1}
        aria-activedescendant=${active >= first && active < end ? `line-${active}` : nothing}
        @scroll=${() => this.requestUpdate()}
        @keydown=${this.key}
      >
        <div class="sheet" .style=${`height: ${this.view.height}px`}>
          ${listHead(shown, this.sort, (sort) => send(this, 'ns-update', { sort }))}
          <div class="lines" role="rowgroup">
            ${this.rows.slice(first, end).map((row, i) => this.line(row, first + i, offset + i * rowHeight, shown))}
          </div>
        </div>
        <div .style=${`height: ${Math.max(0, rowHeight + axis.scrollSize - this.view.height)}px`}></div>
      </div>
      <normscope-scan-line .listing=${this.listing} .scan=${this.scan}></normscope-scan-line>
    `;
  }

  private line(row: ListRow, index: number, top: number, shown: readonly ColumnId[]) {
    return listLine(
      row,
      {
        index,
        top,
        shown,
        active: row.key === this.active,
        selected: row.tensor !== undefined && row.tensor.name === this.selected,
        scanned: row.tensor && this.scan.tensors.get(row.tensor.name),
        nonfinite: row.node && this.nonfinite.get(row.node),
      },
      () => this.act(row),
      (event) => {
        if (row.expanded !== undefined) {
          event.stopPropagation();
          this.active = row.key;
          this.toggle(row);
        }
      },
    );
  }

  private rowAt(key: string): ListRow | undefined {
    return this.rows.find((row) => row.key === key);
  }

  private axis(): VirtualAxis {
    return new VirtualAxis(this.rows.length, rowHeight, Math.max(0, this.view.height - rowHeight));
  }

  private measure(): void {
    const { clientWidth, clientHeight } = this.scroller!;
    this.view = { width: clientWidth, height: clientHeight };
  }

  private act(row: ListRow): void {
    this.active = row.key;
    if (row.tensor) {
      send(this, 'ns-choose', row.tensor.name);
    } else {
      this.toggle(row);
    }
  }

  private toggle({ key }: ListRow): void {
    const toggled = this.folds.toggle([key]);
    if (this.filter === '') {
      send(this, 'ns-update', { toggled });
    } else {
      this.foldedInFilter = toggled;
    }
  }

  /** Unfolds what hides a tensor; what a filter hides stays so. */
  private unfoldTo(name: string): void {
    if (this.filter !== '') {
      return;
    }
    const keys = pathTo(tensorTree(this.listing.tensors), name).map(({ path }) => keyOf(path));
    const folded = keys.filter((key) => !this.folds.isExpanded(key));
    if (folded.length > 0) {
      send(this, 'ns-update', { toggled: this.folds.toggle(folded) });
    }
  }

  private reveal(): void {
    const index = this.rows.findIndex(({ key }) => key === this.active);
    this.scroller?.scrollTo(0, this.axis().reveal(index, this.scroller.scrollTop));
  }

  private readonly leaveFilter = (event: KeyboardEvent): void => {
    if (event.key === 'ArrowDown') {
      this.scroller?.focus();
      event.preventDefault();
    }
  };

  private readonly key = (event: KeyboardEvent): void => {
    if (event.target !== this.scroller) {
      return;
    }
    const index = this.rows.findIndex(({ key }) => key === this.active);
    const row = this.rows[index];
    const page = Math.max(1, Math.floor(this.view.height / rowHeight) - 1);
    const move = moveInList(this.rows, index, event.key, page);
    if (move === 'toggle') {
      this.toggle(row);
    } else if (move !== undefined) {
      this.active = this.rows[move].key;
      this.reveal();
    } else if (event.key === 'Enter' || event.key === ' ') {
      this.act(row);
    } else {
      return;
    }
    event.preventDefault();
  };
}
