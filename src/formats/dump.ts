import type { DType } from '../tensor/dtype';
import type { Shape } from '../tensor/shape';
import type { ByteSource } from './byteSource';

/** A tensor that has not been read yet: where its bytes are and what they mean. */
export interface TensorRef {
  readonly name: string;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly source: ByteSource;
  /** Where element (0, …, 0) starts in `source`. */
  readonly byteOffset: number;
  /**
   * Step along each axis in bytes, so that Fortran order, views and the fields of a record need no copy; not negative.
   * The opener has checked that every element lies within `source`.
   */
  readonly strides: readonly number[];
  readonly littleEndian: boolean;
  /** Present where the first axis counts records in the order in which they were written, as the lines of a log. */
  readonly isLog?: true;
  /** Says of an element, by its position in C order, whether the file has none: NaN stands in its place. */
  readonly isMissing?: (position: number) => boolean;
}

/** A tensor that a file describes in a dtype that is not decoded: it is listed and cannot be read. */
export interface UndecodedTensor {
  readonly name: string;
  /** As the file names it, as in "Q4_K". */
  readonly dtypeName: string;
  readonly shape: Shape;
  /** What its values take in the file; undefined where the dtype does not tell. */
  readonly bytes: number | undefined;
  /** Why it is not decoded, as a clause: "its values are quantized in blocks (Q4_K)". */
  readonly reason: string;
}

/** An opened file: its header is read, its values are not. */
export interface Dump {
  /** As in "npy". */
  readonly format: string;
  /** What the file says about itself, as strings; empty for formats that say nothing. */
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of the file. */
  readonly tensors: readonly TensorRef[];
  /** Tensors that are only listed; absent from formats whose dtypes are all decoded. */
  readonly undecoded?: readonly UndecodedTensor[];
  /** Sentences about what was passed over or looks odd but does no harm. */
  readonly notes: readonly string[];
}

/** Opens another file of the folder that a dump lies in, by its bare name; undefined if there is none. */
export type OpenSibling = (name: string) => Promise<ByteSource | undefined>;

/** Reads the header of one format; throws `FormatError` for a file that is not of it. */
export type OpenDump = (
  source: ByteSource,
  fileName: string,
  signal?: AbortSignal,
  sibling?: OpenSibling,
) => Promise<Dump>;
