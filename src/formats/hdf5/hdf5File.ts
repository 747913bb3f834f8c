import type { Attribute, ready } from 'h5wasm';
import { FormatError, LimitError } from '../../tensor/errors';
import { oneLine } from '../quote';

/** Where the library sees the file: in a file system of its own, in memory. */
const path = '/file.h5';

/** The library keeps what it allocates; beyond this the rest of the machine would feel it. */
const maxBytesAtOnce = 1 << 28;

type H5Module = Awaited<typeof ready>;

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
  private constructor(
    private readonly library: H5Module,
    private readonly AttributeOf: typeof Attribute,
    private readonly bytes: Uint8Array,
  ) {}

  /** Loads the library, the first time in some tenths of a second. */
  static async load(bytes: Uint8Array): Promise<Hdf5File> {
    const { ready, Attribute } = await import('./hdf5Library');
    const library = await ready;
    library.activate_throwing_error_handler();
    return new Hdf5File(library, Attribute, bytes);
  }

  /**
   * Opens the file for as long as `use` takes.
   *
   * @throws FormatError for whatever the library finds wrong with the file
   */
  use<T>(use: (file: OpenFile) => T): T {
    const { library } = this;
    library.FS.writeFile(path, this.bytes, owned);
    try {
      const id = library.open(path, library.H5F_ACC_RDONLY, false, anyVersion, anyVersion);
      try {
        return use({ library, id, attribute: (object, name) => new this.AttributeOf(id, object, name) });
      } finally {
        library.close_file(id);
      }
    } catch (error) {
      if (error instanceof FormatError || error instanceof LimitError) {
        throw error;
      }
      throw new FormatError('hdf5', reasonOf(error), undefined, { cause: error });
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
  readRows(dataset: string, shape: readonly number[], first: number, rows: number, rowBytes: number): Uint8Array {
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

/** The innermost reason of the library's long account: "truncated file: eof = 9044, stored_eof = 18088". */
function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const innermost = Array.from(message.matchAll(/\(\): (.+)/g)).at(-1)?.[1] ?? message.split('\n')[0];
  return `the HDF5 library says: ${oneLine(innermost)}`;
}
