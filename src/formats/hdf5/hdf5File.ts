import type { Attribute } from 'h5wasm';
import type { DType } from '../../tensor/dtype';
import { FormatError, InputError, LimitError } from '../../tensor/errors';
import { oneLine } from '../quote';
import type { H5Module } from './hdf5Library';
import { shortFloatIn } from './shortFloat';

/** Where the library sees the file: in a file system of its own, in memory. */
const path = '/file.h5';

/** The library keeps what it allocates; beyond this the rest of the machine would feel it. */
const maxBytesAtOnce = 1 << 28;

/** The library's file system takes the bytes as they are, without a copy. */
const owned: object = { canOwn: true };

/** Any version of the format. */
const anyVersion = -1;

/** The library with one file open in it. */
export interface OpenFile {
  readonly library: H5Module;
  readonly id: bigint;
  attribute(path: string, name: string): Attribute;
}

/**
 * A file in memory, as the HDF5 library reads it. It is open in the library only while it is used, so that nothing has to be
 * closed, and a file that is no longer wanted frees its memory.
 */
export class Hdf5File {
  private foundShortFloat?: { dtype: DType | undefined };

  constructor(private readonly bytes: Uint8Array) {}

  /** What the floats of two bytes in the file are; undefined where that cannot be told. */
  get shortFloat(): DType | undefined {
    this.foundShortFloat ??= { dtype: shortFloatIn(this.bytes) };
    return this.foundShortFloat.dtype;
  }

  /**
   * Opens the file for as long as `use` takes; the library is loaded the first time, in some tenths of a second.
   *
   * @throws FormatError for whatever the library finds wrong with the file
   */
  async use<T>(use: (file: OpenFile) => T): Promise<T> {
    const { Attribute: AttributeOf, libraryModule, renewModule } = await import('./hdf5Library');
    const library = await libraryModule();
    try {
      library.activate_throwing_error_handler();
      library.FS.writeFile(path, this.bytes, owned);
      const id = library.open(path, library.H5F_ACC_RDONLY, false, anyVersion, anyVersion);
      try {
        return use({ library, id, attribute: (object, name) => new AttributeOf(id, object, name) });
      } finally {
        library.close_file(id);
      }
    } catch (error) {
      if (isBreakdown(error)) {
        renewModule();
      }
      throw error instanceof InputError ? error : new FormatError('hdf5', reasonOf(error), undefined, { cause: error });
    } finally {
      library.FS.unlink(path);
    }
  }

  /**
   * The bytes of whole rows of a dataset, little-endian.
   *
   * @param shape    of the dataset
   * @param first    first row; rows run along the first axis, and a scalar is one row
   * @param rows     how many
   * @param rowBytes of each
   * @throws FormatError if they cannot be read; LimitError if they are more than are read at once
   */
  async readRows(
    dataset: string,
    shape: readonly number[],
    first: number,
    rows: number,
    rowBytes: number,
  ): Promise<Uint8Array> {
    const bytes = rows * rowBytes;
    if (bytes > maxBytesAtOnce) {
      throw new LimitError(
        `hdf5: ${bytes} bytes were asked of ${dataset}; at most ${maxBytesAtOnce} are read at once.`,
      );
    }
    return this.use(({ library, id }) => {
      const pointer = library._malloc(bytes);
      if (pointer === 0) {
        throw new LimitError(`hdf5: there is no memory for ${bytes} bytes of ${dataset}.`);
      }
      try {
        const count = shape.length === 0 ? null : [rows, ...shape.slice(1)].map(BigInt);
        const offset = count && count.map((_, axis) => BigInt(axis === 0 ? first : 0));
        const strides = count && count.map(() => 1n);
        const status = library.get_dataset_data(id, dataset, count, offset, strides, BigInt(pointer));
        if (status < 0) {
          throw new FormatError('hdf5', `the values of ${dataset} cannot be read`);
        }
        return library.HEAPU8.slice(pointer, pointer + bytes);
      } finally {
        library._free(pointer);
      }
    });
  }
}

/**
 * Whether an error is none that the library reports, which are plain ones, but one of the machine that it runs on: memory out of
 * bounds, an abort. Nothing can be asked of the library after that.
 */
export function isBreakdown(error: unknown): boolean {
  return error instanceof Error && !(error instanceof InputError) && error.constructor !== Error;
}

/** What is damaged, by the innermost reason of the library's long account: "truncated file: eof = 9044, stored_eof = 18088". */
function reasonOf(error: unknown): string {
  if (isBreakdown(error)) {
    return 'the HDF5 library broke down over it; the file is damaged';
  }
  const message = error instanceof Error ? error.message : String(error);
  const innermost = Array.from(message.matchAll(/\(\): (.+)/g)).at(-1)?.[1] ?? message.split('\n')[0];
  const cut = /^truncated file: eof = (\d+),.* stored_eof = (\d+)/.exec(innermost);
  if (cut) {
    return `the file is cut short: ${cut[1]} bytes are there, and its header tells of ${cut[2]}`;
  }
  return innermost.startsWith('file signature not found')
    ? 'it does not begin as an HDF5 file does'
    : `the HDF5 library says: ${oneLine(innermost)}`;
}
