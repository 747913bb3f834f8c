import type { Slice } from '../formats/sliceRef';
import { fittingPresets } from '../norm/fittingPresets';
import type { NormCase } from '../norm/normCase';
import { defaultSpec, normKinds, type NormSpec } from '../norm/normSpec';
import { parametersOf } from '../norm/parameters';
import { rowAxes, type RowAxes } from '../norm/rowAxes';
import type {
  DumpOptions,
  DumpView,
  Listing,
  Method,
  Opened,
  Params,
  Result,
  ProgressEvent,
  Subject,
  ValuesPage,
} from '../protocol';
import { InputError } from '../tensor/errors';
import { formatShape, type Shape } from '../tensor/shape';
import { featuresReport } from './featuresReport';
import { gradientsReport } from './gradientsReport';
import { NormRun } from './normRun';
import type { RowMark } from './rowMarks';
import { rowsOfRun, type NormedRows } from './normedRows';
import { rowsReport, withOutput } from './rowsReport';
import { StreamedRows, whyNotStreamed, type AllRows, type ReadAllRows, type ReadRow } from './streamedRows';
import type { Focus } from './thin';
import { thinCharts } from './thinCharts';
import { valuesPage } from './valuesPage';
import type { ComparedPlace, ViewReport } from './viewReport';
import { reportViews } from './views';

const usualEps = Object.fromEntries(
  normKinds.map((kind) => {
    const { eps, epsPlace } = defaultSpec(kind);
    return [kind, { eps, epsPlace }];
  }),
) as Subject['usualEps'];

/** A norm case as it came from a text or a dump, with what a reader should know of it. */
export interface LoadedCase {
  readonly case: NormCase;
  /** The rest of what the page shows; the inspector numbers it. */
  readonly about: Omit<Subject, 'id' | 'dtype' | 'shape' | 'spec' | 'presets' | 'usualEps'>;
  /** The whole of x where the case holds its first rows only. */
  readonly allRows?: {
    readonly shape: Shape;
    readonly byteLength: number;
    read(axes: RowAxes, options: Parameters<ReadAllRows>[2]): Promise<AllRows>;
    readonly readRow: ReadRow;
  };
}

/** Hands the page a part of an answer before the whole is there. */
export type Tell = (event: ProgressEvent) => void;

type Answers = {
  [M in Method]: (params: Params<M>, signal: AbortSignal, tell: Tell) => Promise<Result<M>>;
};

/** What an inspector looks at: one array in a text, or a dump with many. */
export interface InspectorSource {
  /** Present for dumps. */
  listing?(tell: Tell): Promise<Listing>;
  /**
   * Reads one tensor and what belongs to it.
   *
   * @param tensor its name; without one the source's own choice, or undefined if it has nothing to show
   * @param slice  which part of it; the whole without one
   * @throws InputError
   */
  load(tensor: string | undefined, signal: AbortSignal, slice?: Slice): Promise<LoadedCase | undefined>;
  /** The views of all that is here, in their order; absent where there is one tensor only. */
  readonly overviews?: readonly DumpView[];
  /** @throws InputError */
  overview?(view: DumpView, options: DumpOptions, signal: AbortSignal): Promise<ViewReport>;
  /** Shows where the rows `start` up to `end` of x's last axis stand; does nothing where they stand nowhere. */
  revealRows(start: number, end: number): Promise<void>;
  /**
   * Takes the statistics of every tensor; present for dumps.
   *
   * @throws the signal's reason once it is aborted
   */
  scan?(tell: Tell, signal: AbortSignal): Promise<void>;
  /** Shows where one element of x stands, by its row and column along the last axis; absent where its rows stand nowhere. */
  revealElement?(row: number, column: number): Promise<void>;
  /** Shows an element of one of two tensors that are compared, where it stands; absent where nothing is compared. */
  revealCompared?(place: ComparedPlace): Promise<void>;
  /** Shows the text, or the file as text. */
  revealSource(): Promise<void>;
  /** Marks rows of x's last axis where they stand, and no others; absent where they stand nowhere. */
  markRows?(marks: readonly MarkedRows[]): Promise<void>;
}

/** Rows `start` up to `end` of x's last axis that stand out, and why. */
export interface MarkedRows {
  readonly start: number;
  readonly end: number;
  readonly severity: RowMark['severity'];
  readonly message: string;
}

/** Answers the page: holds what is shown and runs the engine on it. Knows neither the page nor the editor. */
export class Inspector {
  private subject?: Subject;
  private loaded?: LoadedCase;
  private run?: NormRun;
  private streamed?: StreamedRows;
  /** The report that was made last, with all of its points. */
  private made?: { readonly question: string; readonly report: ViewReport };

  /** @param nextId of what is shown first; one that starts anew for the same page begins behind those it gave before */
  constructor(
    private readonly source: InspectorSource,
    private nextId = 1,
  ) {}

  /** The case that is shown, with the spec that the page last asked about; undefined before anything is. */
  get shown(): NormCase | undefined {
    return this.run?.normCase ?? this.loaded?.case;
  }

  /**
   * What the page shows first: the listing of a dump, and the tensor it showed before if that is still there.
   * Never throws for bad input: what is wrong is part of the answer.
   */
  async open(tensor: string | undefined, signal: AbortSignal, tell: Tell = () => {}, slice?: Slice): Promise<Opened> {
    const { overviews } = this.source;
    let listing: Listing | undefined;
    try {
      listing = await this.source.listing?.(tell);
      const known = tensor !== undefined && listing?.tensors.some(({ name }) => name === tensor);
      return {
        overviews,
        listing,
        subject: await this.load(known ? tensor : undefined, signal, known ? slice : undefined),
      };
    } catch (error) {
      if (!(error instanceof InputError)) {
        throw error;
      }
      return { overviews, listing, problem: { message: error.message, advice: error.advice } };
    }
  }

  /**
   * Answers one request of the page.
   *
   * @param tell takes what is known before the whole answer is
   * @throws InputError where the request cannot be answered with what is there
   */
  async handle<M extends Method>(
    method: M,
    params: Params<M>,
    signal: AbortSignal,
    tell: Tell = () => {},
  ): Promise<Result<M>> {
    const answer: Answers[M] = this.answers[method];
    return answer(params, signal, tell);
  }

  private readonly answers: Answers = {
    open: ({ tensor, slice }, signal, tell) => this.open(tensor, signal, tell, slice),
    choose: async ({ tensor, slice }, signal) => {
      const subject = await this.load(tensor, signal, slice);
      if (subject === undefined) {
        throw new StaleError();
      }
      return subject;
    },
    scan: async (_, signal, tell) => {
      await this.source.scan?.(tell, signal);
      return null;
    },
    rows: async ({ subject, spec, after, focus }, signal, tell) => {
      const rows = await this.rowsOf(subject, spec, signal, tell);
      const known = rowsReport(rows, after, focus);
      const report = after === known.after ? known : await withOutput(known, rows, signal);
      if (this.source.markRows) {
        const perRow = this.rowsOfLastAxis(subject, spec);
        const marks = perRow === undefined ? [] : report.marks;
        await this.source.markRows(
          marks.map(({ row, severity, message }) => ({
            start: row * perRow!,
            end: (row + 1) * perRow!,
            severity,
            message,
          })),
        );
      }
      return report;
    },
    features: async ({ subject, spec, focus, ...choice }) => featuresReport(this.runOf(subject, spec), choice, focus),
    gradients: async ({ subject, spec, row, focus }, signal) =>
      gradientsReport(this.runOf(subject, spec), row, signal, focus),
    view: ({ focus, ...asked }) =>
      this.thinned(asked, focus, async () =>
        reportViews[asked.view](this.runOf(asked.subject, asked.spec), asked.options),
      ),
    overview: ({ focus, ...asked }, signal) =>
      this.thinned(asked, focus, async () => {
        if (this.source.overview === undefined) {
          throw new StaleError();
        }
        return this.source.overview(asked.view, asked.options, signal);
      }),
    values: async ({ subject, ...range }): Promise<ValuesPage> => valuesPage(this.caseOf(subject).x, range),
    revealRow: async ({ subject, spec, row }) => {
      const perRow = this.rowsOfLastAxis(subject, spec);
      if (perRow !== undefined) {
        await this.source.revealRows(row * perRow, (row + 1) * perRow);
      }
      return null;
    },
    revealElement: async ({ subject, row, column }) => {
      this.caseOf(subject);
      await this.source.revealElement?.(row, column);
      return null;
    },
    revealCompared: async (place) => {
      await this.source.revealCompared?.(place);
      return null;
    },
    revealSource: async () => {
      await this.source.revealSource();
      return null;
    },
  };

  private async load(tensor: string | undefined, signal: AbortSignal, slice?: Slice): Promise<Subject | undefined> {
    const loaded = await this.source.load(tensor, signal, slice);
    signal.throwIfAborted();
    this.run = undefined;
    this.streamed = undefined;
    this.made = undefined;
    this.loaded = loaded;
    this.subject = loaded && {
      ...loaded.about,
      id: this.nextId++,
      dtype: loaded.case.x.dtype,
      shape: loaded.case.x.shape,
      spec: loaded.case.spec,
      presets: fittingPresets(loaded.case).map(({ name, title, spec }) => ({ name, title, spec })),
      usualEps,
    };
    return this.subject;
  }

  /** A report as the page gets it; the same is not made again to show more points of it. */
  private async thinned(
    asked: unknown,
    focus: Focus | undefined,
    make: () => Promise<ViewReport>,
  ): Promise<ViewReport> {
    const question = JSON.stringify(asked);
    if (focus === undefined || this.made?.question !== question) {
      this.made = { question, report: await make() };
    }
    return thinCharts(this.made.report, focus);
  }

  private caseOf(subject: number): NormCase {
    if (this.loaded === undefined || this.subject?.id !== subject) {
      throw new StaleError();
    }
    return this.loaded.case;
  }

  /** How many rows of x's last axis one row of a spec is made of; undefined if it is not made of whole ones. */
  private rowsOfLastAxis(subject: number, spec: NormSpec): number | undefined {
    const { cols, scattered } = this.runOf(subject, spec).geometry;
    const count = cols / (this.caseOf(subject).x.shape.at(-1) ?? 1);
    return scattered === undefined && Number.isInteger(count) ? count : undefined;
  }

  /** The rows of the subject under a spec: all of them, also where only the first are held. */
  private async rowsOf(subject: number, spec: NormSpec, signal: AbortSignal, tell: Tell): Promise<NormedRows> {
    const normCase = this.caseOf(subject);
    const allRows = this.loaded?.allRows;
    if (allRows === undefined) {
      return rowsOfRun(this.runOf(subject, spec));
    }
    const why = whyNotStreamed(spec);
    if (why !== undefined) {
      const part = `the first ${formatShape(normCase.x.shape)} of ${formatShape(allRows.shape)}`;
      return rowsOfRun(this.runOf(subject, spec), `These are the rows of ${part}: ${why}.`);
    }
    if (this.streamed === undefined || JSON.stringify(this.streamed.spec) !== JSON.stringify(spec)) {
      const { byteLength: totalBytes } = allRows;
      let doneBytes = 0;
      const onBytes = (bytes: number) => {
        doneBytes += bytes;
        tell({ type: 'scanProgress', tensor: normCase.x.name, doneBytes, totalBytes });
      };
      const all = await allRows.read(rowAxes(spec, allRows.shape.length), { signal, onBytes });
      this.caseOf(subject); // Another tensor may be shown by now.
      this.streamed = new StreamedRows(spec, allRows.shape, all, parametersOf(normCase), allRows.readRow);
    }
    return this.streamed;
  }

  /** The norm of the subject under a spec; the last one is kept, since every view of the page asks for the same. */
  private runOf(subject: number, spec: NormSpec): NormRun {
    const normCase = this.caseOf(subject);
    if (this.run === undefined || JSON.stringify(this.run.normCase.spec) !== JSON.stringify(spec)) {
      this.run = new NormRun({ ...normCase, spec });
    }
    return this.run;
  }
}

/** The page asked about something that is not shown any more; it has asked again by now. */
export class StaleError extends InputError {
  constructor() {
    super('This tensor is not shown any more.');
  }
}
