import type {
  ComparedPlace,
  DumpView,
  Focus,
  NormSpec,
  Opened,
  PageState,
  Problem,
  ProgressEvent,
  ReportView,
  Slice,
  Subject,
} from '../src/protocol';
import { rowCountOf, rowSpan } from './geometry';
import { HostError, type Host } from './host';
import { keepFor } from './keepFor';
import { restoreState } from './pageState';
import { Resource } from './resource';
import { Scan } from './scan';
import type { Cell } from './table/moveCell';

/** What the page knows and does, apart from how it looks: the subject, the person's choices, the host's answers. */
export class Session {
  /** Undefined until the host has answered for the first time. */
  opened?: Opened;
  subject?: Subject;
  /** What went wrong last: why there is no subject, or no way to its source. */
  problem?: Problem;
  /** The file that is being read as a whole before anything can be shown. */
  opening?: { readonly fileName: string; readonly byteLength: number };
  /** When what is shown was read, while its file has changed and cannot be read yet. */
  outdatedSince?: Date;
  /** The tensor that is being read. */
  choosing?: string;
  state: PageState;
  readonly rows: Resource<'rows'>;
  readonly features: Resource<'features'>;
  readonly gradients: Resource<'gradients'>;
  readonly view: Resource<'view'>;
  readonly scan: Scan;
  readonly overview: Resource<'overview'>;
  /** The stretch that a chart in view is zoomed to. */
  private focus?: Focus;
  private reading?: AbortController;
  private shownSpec?: { subject: Subject; choices: PageState['choices']; spec: NormSpec };
  private openedAt = new Date();
  /** The view that `overview` answers. */
  private overviewAsked?: DumpView;
  /** The view that `view` answers. */
  private viewShown?: ReportView;
  /** The subject shown last, also while something is wrong with what came after it. */
  private lastSubject?: Subject;

  /**
   * @param saved   what `save` was last given, in an earlier life of the page
   * @param changed called whenever anything readable here is different
   */
  constructor(
    private readonly host: Host,
    saved: unknown,
    private readonly save: (state: PageState) => void,
    private readonly changed: () => void,
  ) {
    this.state = restoreState(saved);
    this.rows = new Resource(host, 'rows', changed);
    this.features = new Resource(host, 'features', changed, 'queue');
    this.gradients = new Resource(host, 'gradients', changed);
    this.view = new Resource(host, 'view', changed, 'queue');
    this.scan = new Scan(host, changed);
    this.overview = new Resource(host, 'overview', changed, 'queue');
    host.onOpened = (opened) => this.open(opened);
    host.onWaits = () => {
      this.outdatedSince = this.openedAt;
      changed();
    };
    host.onRow = (row) => this.followRow(row);
  }

  /** The convention shown: the subject's own with the person's choices over it. */
  get spec(): NormSpec | undefined {
    const { subject, state } = this;
    if (subject === undefined) {
      return undefined;
    }
    // The same object as long as it says the same: views draw anew whenever they get another one.
    if (this.shownSpec?.subject !== subject || this.shownSpec.choices !== state.choices) {
      this.shownSpec = { subject, choices: state.choices, spec: { ...subject.spec, ...state.choices } };
    }
    return this.shownSpec.spec;
  }

  /** The view of the whole dump that is shown: the one chosen, or the only thing there is. */
  get overviewShown(): DumpView | undefined {
    const { opened, subject, problem, state } = this;
    const offered = opened?.overviews ?? [];
    const chosen = offered.find((view) => view === state.overview);
    return chosen ?? (opened?.listing || subject || problem ? undefined : offered[0]);
  }

  /** Asks the host what to show. */
  async start(): Promise<void> {
    try {
      const { tensor, slice } = this.state;
      this.open(await this.host.request('open', { tensor, slice }, undefined, (events) => this.takeOpening(events)));
    } catch (error) {
      this.open({ problem: problemOf(error) });
    }
  }

  /** Shows another tensor of the dump, or a slice of one; what was shown before stays until it is read. */
  async choose(tensor: string, slice?: Slice): Promise<void> {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    this.choosing = tensor;
    this.state = { ...this.state, overview: undefined };
    this.changed();
    const answer = await this.host.request('choose', { tensor, slice }, reading.signal).then(
      (subject) => ({ subject, problem: undefined }),
      (error: unknown) => ({ subject: undefined, problem: problemOf(error) }),
    );
    if (!reading.signal.aborted) {
      this.state = { ...this.state, tensor, slice };
      this.show(answer.subject, answer.problem);
    }
  }

  /** Stops what is under way: reading a tensor, else the work for the view. */
  cancel(): void {
    if (this.choosing === undefined) {
      this.inView.cancel();
    } else {
      this.reading?.abort();
      this.choosing = undefined;
      this.changed();
    }
  }

  /** Tries once more what the view failed to show. */
  retry(): void {
    this.inView.retry();
  }

  /** Takes over what a person chose. */
  update(change: Partial<PageState>): void {
    const span = this.subject && this.spec && rowSpan(this.subject.shape, this.spec);
    if ('tab' in change || 'overview' in change) {
      this.focus = undefined;
    }
    this.state = { ...this.state, ...change };
    if (this.subject && this.spec && this.state.row !== undefined && change.row === undefined) {
      // Other axes make other rows: the one that holds the same values is selected.
      const newSpan = rowSpan(this.subject.shape, this.spec);
      this.state = { ...this.state, row: span && newSpan ? Math.floor((this.state.row * span) / newSpan) : undefined };
    }
    this.refresh();
  }

  /** Selects a row of the norm, here and, for an array in a text, there. */
  pickRow(row: number): void {
    this.update({ row });
    if (this.subject && this.spec) {
      // Where the text is gone there is nothing to reveal, and the host says nothing the page could add to.
      this.host.request('revealRow', { subject: this.subject.id, spec: this.spec, row }).catch(() => {});
    }
  }

  /** Selects the row of the norm that holds an element of x here, and in a text the element itself. */
  pickElement({ row, column }: Cell): void {
    const { subject, spec } = this;
    if (subject && spec) {
      const span = rowSpan(subject.shape, spec);
      this.update(span === undefined ? {} : { row: Math.floor(row / span) });
      // As for a row.
      this.host.request('revealElement', { subject: subject.id, row, column }).catch(() => {});
    }
  }

  /** Looks closely at a stretch of a chart in view. */
  lookClosely(focus: Focus): void {
    this.focus = focus;
    this.refresh();
  }

  /** Shows a place of what is compared in its own file or text. */
  async revealCompared(place: ComparedPlace): Promise<void> {
    try {
      await this.host.request('revealCompared', place);
    } catch (error) {
      this.problem = problemOf(error);
      this.changed();
    }
  }

  /** Shows the text that the array stands in, or the file as text. */
  async revealSource(): Promise<void> {
    try {
      await this.host.request('revealSource', {});
    } catch (error) {
      this.problem = problemOf(error);
      this.changed();
    }
  }

  private get inView():
    Resource<'rows'> | Resource<'features'> | Resource<'gradients'> | Resource<'view'> | Resource<'overview'> {
    if (this.overviewShown) {
      return this.overview;
    }
    switch (this.state.tab) {
      case 'rows':
        return this.rows;
      case 'affine':
        return this.features;
      case 'gradients':
        return this.gradients;
      default:
        return this.view;
    }
  }

  private takeOpening(events: readonly ProgressEvent[]): void {
    this.opening = events.findLast((event) => event.type === 'opening');
    this.changed();
  }

  private open(opened: Opened): void {
    this.opened = opened;
    this.openedAt = new Date();
    this.outdatedSince = undefined;
    this.reading?.abort();
    this.state = {
      ...this.state,
      source: opened.source ?? this.state.source,
      tab: opened.tab ?? this.state.tab,
      tensor: (opened.listing && opened.subject?.title) ?? this.state.tensor,
      // A tensor that the editor turns to is looked at itself.
      overview:
        this.lastSubject && opened.subject && opened.subject.title !== this.lastSubject.title
          ? undefined
          : this.state.overview,
    };
    this.scan.show(opened.listing);
    this.overview.outdate();
    this.show(opened.subject, opened.problem);
    if (opened.row !== undefined) {
      this.followRow(opened.row);
    }
  }

  private show(subject: Subject | undefined, problem?: Problem): void {
    this.choosing = undefined;
    this.problem = problem;
    this.subject = subject;
    this.focus = undefined;
    if (subject === undefined) {
      this.rows.clear();
      this.features.clear();
      this.gradients.clear();
      this.view.clear();
    } else {
      this.state = keepFor(subject, this.lastSubject, this.state);
      this.lastSubject = subject;
    }
    this.refresh();
  }

  private refresh(): void {
    const { subject, spec, state, focus } = this;
    this.save(state);
    if (this.overviewShown) {
      if (this.overviewAsked !== this.overviewShown) {
        // Another view’s results would stand under this one’s name while it is waited for.
        this.overview.clear();
      }
      this.overviewAsked = this.overviewShown;
      this.overview.ask({ view: this.overviewShown, options: state.dump, focus });
    }
    if (subject !== undefined && spec !== undefined && !subject.shape.includes(0)) {
      const asked = { subject: subject.id, spec };
      this.rows.ask({ ...asked, after: state.after, focus: this.inView === this.rows ? focus : undefined });
      switch (state.tab) {
        case 'rows':
          break; // Asked for above: its marks are shown over every view.
        case 'affine': {
          const { affine, weightScale, biasShift } = state;
          this.features.ask({ ...asked, affine, weightScale, biasShift, focus });
          break;
        }
        case 'gradients':
          this.gradients.ask({ ...asked, row: state.row, focus });
          break;
        default:
          this.askView(state.tab, asked);
      }
    }
    this.changed();
  }

  private askView(view: ReportView, asked: { subject: number; spec: NormSpec }): void {
    if (this.view.answer.value !== undefined && this.viewShown !== view) {
      // Another view’s results would stand under this one’s name while it is waited for.
      this.view.clear();
    }
    this.viewShown = view;
    this.view.ask({ ...asked, view, options: { ...this.state.view, row: this.state.row }, focus: this.focus });
  }

  private followRow(lastAxisRow: number): void {
    if (this.subject && this.spec) {
      const row = Math.floor(lastAxisRow / (rowSpan(this.subject.shape, this.spec) ?? NaN));
      if (row !== this.state.row && row < rowCountOf(this.subject.shape, this.spec)) {
        this.update({ row });
      }
    }
  }
}

function problemOf(error: unknown): Problem {
  return error instanceof HostError ? error.problem : { message: String(error) };
}
