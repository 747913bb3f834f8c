import type { RawLayout } from '../formats/rawArray';
import type { ComparedPlace, Method, Params, ProgressEvent } from '../protocol';
import type { FoundArray, TextRanges } from '../report/findCase';
import type { MarkedRows } from '../report/inspector';
import type { PointedPlace } from '../report/readPlace';
import type { CaseFormat } from '../report/writtenCase';
import type { Answers } from './peer';
import type { SharedResultCalls } from './sharedResults';

/** What a page is about. */
export type InspectedThing =
  | { readonly kind: 'array' }
  /** The one on trial and the reference. */
  | { readonly kind: 'arrays' }
  | { readonly kind: 'dump'; readonly file: NamedFile }
  /** The one on trial and the reference. */
  | { readonly kind: 'files'; readonly files: readonly [NamedFile, NamedFile] };

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

/** Where an array was found, and its name as `placeName` gives it. */
export interface FoundPlace {
  readonly ranges: TextRanges;
  readonly name: string;
}

/** A part of a text, UTF-16 units. */
export interface TextPart {
  readonly uri: string;
  readonly start: number;
  readonly end: number;
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
  /** Reads the places that are asked about and that they fit together, while what is shown stays. */
  read: { params: null; result: readonly FoundPlace[] };
  /** The array at ranges of any text, as `arrayOrNone`. */
  find: { params: { text: string; ranges: TextRanges; maxLength: number }; result: FoundArray | undefined };
  /** The row of x's last axis that stands at an offset of a version of a text, if one that is shown does. */
  rowAt: { params: { uri: string; version: number; offset: number }; result: number | undefined };
  /** The case that is shown as text, with the spec that the page last asked about. */
  copy: { params: CaseFormat; result: string };
  /** Whether the thread is free to answer anything. */
  ping: { params: null; result: null };
}

/** What an inspector asks of its host, which knows the editor; which of it depends on what the page is about. */
export interface HostCalls extends SharedResultCalls {
  /**
   * The places of the arrays that are shown, or of those that are asked about instead, and the whole of each text in which
   * one stands whose key is not known, by its URI.
   */
  texts: {
    params: { asked: boolean; known: readonly string[] };
    result: { places: readonly PointedPlace[]; texts: Readonly<Record<string, string>> };
  };
  /** Where a file lies on this machine, or how long it is where it can only be read whole; undefined if there is none. */
  locate: { params: WantedFile; result: { path: string } | { byteLength: number } | undefined };
  readWhole: { params: WantedFile; result: Uint8Array };
  /** What a file without a header holds; undefined if nobody knows. `ask`: a person may be asked. */
  rawLayout: { params: { size: number; ask: boolean }; result: RawLayout | undefined };
  settings: { params: null; result: DumpSettings };
  /** Marks parts of a version of a text, and nothing else; `start` and `end` are offsets. */
  markText: { params: { uri: string; version: number; marks: readonly MarkedRows[] }; result: void };
  revealText: { params: TextPart; result: void };
  revealCompared: { params: ComparedPlace; result: void };
  revealSource: { params: null; result: void };
}

/** How a host answers what its page can lead to. */
export type HostAnswers = Partial<Answers<HostCalls>>;
