import type { RawLayout } from '../formats/rawArray';
import type { NormCase } from '../norm/normCase';
import type { Method, Params, ProgressEvent } from '../protocol';
import type { LoadedCase, MarkedRows } from '../report/inspector';
import type { ComparedArrays } from '../report/literalComparison';
import type { Answers } from './peer';
import type { SharedResultCalls } from './sharedResults';

/** What a page is about. */
export type InspectedThing =
  | { readonly kind: 'array' }
  | { readonly kind: 'dump'; readonly file: NamedFile }
  /** The one on trial and the reference. */
  | { readonly kind: 'files'; readonly files: readonly [NamedFile, NamedFile] }
  | { readonly kind: 'arrays'; readonly names: readonly [string, string] };

/** A file by its URI, and its name for messages. */
export interface NamedFile {
  readonly uri: string;
  readonly name: string;
}

/** A file, or another one of its folder. */
export interface WantedFile {
  readonly uri: string;
  readonly sibling?: string;
}

/** What the settings say of a dump. */
export interface DumpSettings {
  readonly maxValues: number;
  /** Bytes of values up to which statistics of all tensors are taken at once. */
  readonly scanLimit: number;
  /** Codes of findings that are not reported. */
  readonly ignoredFindings: readonly string[];
}

/** What the host of a page asks of its inspector, which lives on a thread of its own. */
export interface InspectorCalls {
  /** Answers a request of the page, in a form that is ready for it. */
  handle: {
    params: { [M in Method]: { method: M; params: Params<M> } }[Method];
    result: unknown;
    event: readonly ProgressEvent[];
  };
  /** Reads a changed file anew; says whether what the page shows may have changed, and before whether the file keeps it waiting. */
  reload: { params: null; result: boolean; event: 'waits' };
  /** The case that is shown, with the spec that the page last asked about. */
  shown: { params: null; result: NormCase | undefined };
  /** Whether the thread is free to answer anything. */
  ping: { params: null; result: null };
}

/** What an inspector asks of its host, which knows the editor; which of it depends on what the page is about. */
export interface HostCalls extends SharedResultCalls {
  /** The array in the text, as it stands there now. */
  load: { params: null; result: Omit<LoadedCase, 'allRows'> };
  /** Both arrays of a comparison. */
  arrays: { params: null; result: ComparedArrays };
  /** Where a file lies on this machine, or how long it is where it can only be read whole; undefined if there is none. */
  locate: { params: WantedFile; result: { path: string } | { byteLength: number } | undefined };
  readWhole: { params: WantedFile; result: Uint8Array };
  /** What a file without a header holds; undefined if nobody knows. `ask`: a person may be asked. */
  rawLayout: { params: { size: number; ask: boolean }; result: RawLayout | undefined };
  settings: { params: null; result: DumpSettings };
  markRows: { params: { marks: readonly MarkedRows[] }; result: void };
  revealRows: { params: { start: number; end: number }; result: void };
  revealCompared: { params: { side: 0 | 1; tensor: string; row: number }; result: void };
  revealSource: { params: null; result: void };
}

/** How a host answers what its page can lead to. */
export type HostAnswers = Partial<Answers<HostCalls>>;
