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
}

/** An opened file: its header is read, its values are not. */
export interface Dump {
  /** As in "npy". */
  readonly format: string;
  /** What the file says about itself, as strings; empty for formats that say nothing. */
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of the file. */
  readonly tensors: readonly TensorRef[];
  /** Sentences about what was passed over or looks odd but does no harm. */
  readonly notes: readonly string[];
}

/** Reads the header of one format; throws `FormatError` for a file that is not of it. */
export type OpenDump = (source: ByteSource, fileName: string, signal?: AbortSignal) => Promise<Dump>;
