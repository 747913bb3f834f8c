import type { Slice } from './formats/sliceRef';
import type { NormKind, NormSpec } from './norm/normSpec';
import type { CaseRole } from './norm/normCase';
import type { CaseNames } from './norm/sites';
import type { FeaturesReport } from './report/featuresReport';
import type { GradientsReport } from './report/gradientsReport';
import type { RowsReport } from './report/rowsReport';
import type { ComparedPlace, ViewReport } from './report/viewReport';
import type { SimulationChoice } from './report/simulationView';
import type { ReportView, ViewOptions } from './report/views';
import type { TensorStats } from './report/tensorStats';
import type { Focus } from './report/thin';
import type { DType } from './tensor/dtype';
import type { Shape } from './tensor/shape';

export type { CaseNames, CaseRole, DType, FeaturesReport, GradientsReport, NormKind, NormSpec, RowsReport, Shape };
export type { Slice } from './formats/sliceRef';
export type { RowMark } from './report/rowMarks';
export type {
  ComparedPlace,
  HeatmapAxis,
  Look,
  ViewChart,
  ViewHeatmap,
  ViewReport,
  ViewSentence,
  ViewSeverity,
  ViewTable,
} from './report/viewReport';
export type { ReportView } from './report/views';
export type { Focus, TensorStats };
export type { GradientReport } from './report/gradientsReport';

/** One tensor of a dump, as the list shows it. */
export interface TensorEntry {
  readonly name: string;
  /** A `DType`, or what the file calls one that is not decoded. */
  readonly dtype: string;
  readonly shape: Shape;
  readonly byteLength: number;
  /** Why the tensor is only listed, as a clause; absent from those that can be read. */
  readonly undecoded?: string;
}

/** What an opened dump holds. */
export interface Listing {
  readonly fileName: string;
  readonly format: string;
  readonly byteLength: number;
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: readonly TensorEntry[];
  /** Tensors that belong together as one norm. */
  readonly cases: readonly CaseNames[];
  readonly notes: readonly string[];
  /** Whether the dump is small enough for statistics of all its tensors without being asked for them. */
  readonly scanAtOnce: boolean;
}

/** What the inspector shows: one tensor, with the convention it starts from and the tensors found beside it. */
export interface Subject {
  /** Changes whenever the values may have changed; results are asked for by it. */
  readonly id: number;
  /** "blocks.3.ln1.input", or "x" of an array in the text. */
  readonly title: string;
  /** Where it is: "scores.json, line 12" or "preln.safetensors". */
  readonly place: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly byteLength: number;
  /** Names of the tensors that came with x. */
  readonly roles: { readonly [role in CaseRole]?: string };
  readonly spec: NormSpec;
  /** One phrase on where kind and eps come from: "stated by the file", "guessed from the names", "PyTorch's defaults". */
  readonly specOrigin: string;
  /** Conventions of libraries that fit, those of the same kind first. */
  readonly presets: readonly PresetEntry[];
  /** ε and its place where nothing states them. */
  readonly usualEps: Readonly<Record<NormKind, Pick<NormSpec, 'eps' | 'epsPlace'>>>;
  /** Sentences a reader should know before trusting the numbers: only the first rows are read, and the like. */
  readonly notes: readonly string[];
  /** Of a tensor in a dump: its shape there, and the slice of it that is shown. */
  readonly wholeShape?: Shape;
  readonly slice?: Slice;
}

/** A convention as a library has it, on the axes of the subject. */
export interface PresetEntry {
  readonly name: string;
  /** "torch.nn.LayerNorm" */
  readonly title: string;
  readonly spec: NormSpec;
}

/** Something that went wrong, fit to be shown. */
export interface Problem {
  readonly message: string;
  readonly advice?: string;
  /** True of what a person wanted: nothing went wrong. */
  readonly isWanted?: boolean;
}

/** Views of a whole dump, or of two dumps side by side. */
export type DumpView = 'findings' | 'depth' | 'simulation' | 'compare';

/** What a person chose in them. */
export interface DumpOptions {
  /** The tensor, or kind of tensor, that is looked at in detail. */
  readonly detail?: string;
  /** Of the simulated network. */
  readonly simulation: SimulationChoice;
}

/** What the page is opened on. A literal has no listing; an unreadable file has neither listing nor subject. */
export interface Opened {
  /** The host’s own note of an array in a text, saved in the page’s state so that a reload can bring it back; absent for files. */
  readonly source?: unknown;
  /** Views of the whole dump, or of two dumps; absent for an array in a text. */
  readonly overviews?: readonly DumpView[];
  readonly listing?: Listing;
  readonly subject?: Subject;
  readonly problem?: Problem;
  /** The row of the last axis to select, where a comparison led to it. */
  readonly row?: number;
  /** The view to turn to, where a command asked for one. */
  readonly tab?: Tab;
}

/** Values of some rows for the table. */
export interface ValuesPage {
  readonly startRow: number;
  /** Per row its values; texts where a float64 would not be exact (64-bit integers, complex). */
  readonly rows: readonly (Float64Array | readonly string[])[];
}

/** Every request of the page: what it sends and what it gets. Of many points more are shown where the `focus` is. */
export interface Requests {
  /** The page is ready. `tensor` is the one it showed before a reload. */
  open: { params: { tensor?: string; slice?: Slice }; result: Opened };
  /** Show another tensor of the dump, or another slice of it. */
  choose: { params: { tensor: string; slice?: Slice }; result: Subject };
  /** Take the statistics of every tensor of the dump; they come as progress. */
  scan: { params: Record<string, never>; result: null };
  /** `after` picks what "after normalization" means: x̂, or y with γ and β. */
  rows: {
    params: { subject: number; spec: NormSpec; after: 'normalized' | 'output'; focus?: Focus };
    result: RowsReport;
  };
  /** `weightScale` multiplies γ, `biasShift` is added to β; `affine: false` leaves both out. */
  features: {
    params: { subject: number; spec: NormSpec; affine: boolean; weightScale: number; biasShift: number; focus?: Focus };
    result: FeaturesReport;
  };
  /** `row` is the row to take apart; without it the one of the worst element of dx. */
  gradients: { params: { subject: number; spec: NormSpec; row?: number; focus?: Focus }; result: GradientsReport };
  /** One of the views made of sentences, numbers, charts and tables. */
  view: {
    params: { subject: number; spec: NormSpec; view: ReportView; options: ViewOptions; focus?: Focus };
    result: ViewReport;
  };
  /** A view of the whole dump, or of two. */
  overview: { params: { view: DumpView; options: DumpOptions; focus?: Focus }; result: ViewReport };
  /** Rows are slices over the last axis; `endRow` is exclusive. */
  values: {
    params: { subject: number; startRow: number; endRow: number; startColumn: number; endColumn: number };
    result: ValuesPage;
  };
  /** Select a row of the spec's rows where it stands in the text. */
  revealRow: { params: { subject: number; spec: NormSpec; row: number }; result: null };
  /** Select one element of x where it stands in the text, by its row and column along the last axis. */
  revealElement: { params: { subject: number; row: number; column: number }; result: null };
  /** Show an element of a compared tensor in its own file or text: side 0 the one on trial, 1 the reference. */
  revealCompared: { params: ComparedPlace; result: null };
  /** Open the text that the array stands in, or the file as text or hex. */
  revealSource: { params: Record<string, never>; result: null };
}
/** The name of a request, what it sends and what it gets. */
export type Method = keyof Requests;
export type Params<M extends Method> = Requests[M]['params'];
export type Result<M extends Method> = Requests[M]['result'];

/** Page to host. */
export type PageMessage =
  | { [M in Method]: { type: 'request'; id: number; method: M; params: Params<M> } }[Method]
  /** The answer to that request is not wanted any more. */
  | { type: 'cancel'; id: number };

/** Host to page. */
export type HostMessage =
  | { type: 'reply'; id: number; ok: Result<Method> }
  | { type: 'reply'; id: number; err: Problem }
  /** What is known already of the answer to that request. */
  | { type: 'progress'; id: number; events: readonly ProgressEvent[] }
  /** The text or file behind the page changed, or another array was inspected. */
  | { type: 'opened'; opened: Opened }
  /** The file behind the page changed and cannot be read yet, as one that is half written; `opened` follows. */
  | { type: 'waits' }
  /** The cursor in the text moved to this row of the last axis. */
  | { type: 'row'; row: number };

/** What a scan of all tensors of a dump tells as it goes. */
export type ScanEvent =
  /** Statistics of one tensor, or why there are none. */
  | { type: 'stats'; tensor: string; stats: TensorStats }
  | { type: 'stats'; tensor: string; problem: Problem }
  /** How far the scan of the dump is, and of which tensor some values were read last. */
  | { type: 'scanProgress'; tensor: string; doneBytes: number; totalBytes: number };

/** What is told of a request before it is answered. */
export type ProgressEvent =
  | ScanEvent
  /** A file is read as a whole, which may take a while. */
  | { type: 'opening'; fileName: string; byteLength: number };

/** A view of one tensor. */
export type Tab = 'rows' | 'affine' | 'gradients' | ReportView;

/** The columns of a dump's list that it can be sorted by. */
export type ListColumn = 'name' | 'shape' | 'dtype' | 'size' | 'mean' | 'rms' | 'absMax' | 'nonfinite';

/** The order of a dump's list. */
export interface ListSort {
  readonly column: ListColumn;
  readonly descending: boolean;
}

/** What the page remembers across tab switches and window reloads. */
export interface PageState {
  /** As in the last `Opened`. */
  readonly source?: unknown;
  readonly tensor?: string;
  /** The slice of that tensor that is shown; the whole without one. */
  readonly slice?: Slice;
  readonly tab: Tab;
  /** What the person chose over the subject's own spec. */
  readonly choices: Partial<NormSpec>;
  readonly after: 'normalized' | 'output';
  readonly affine: boolean;
  readonly weightScale: number;
  readonly biasShift: number;
  readonly row?: number;
  readonly view: Omit<ViewOptions, 'row'>;
  /** The view of the whole dump that is shown in place of one tensor. */
  readonly overview?: DumpView;
  readonly dump: DumpOptions;
  readonly filter: string;
  /** Absent for the order of the file. */
  readonly sort?: ListSort;
  /** Lines of the list that are unfolded, or folded, unlike they are at first. */
  readonly toggled: readonly string[];
}
