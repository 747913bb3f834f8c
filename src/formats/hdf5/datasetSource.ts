import type { ByteSource } from '../byteSource';
import type { Hdf5File } from './hdf5File';

/** The values of a dataset as bytes in C order, read by the library row by row as they are asked for. */
export class DatasetSource implements ByteSource {
  /**
   * @param dataset      its path in the file
   * @param shape        of the dataset
   * @param elementBytes of one element
   * @param size         of all elements, in bytes
   */
  constructor(
    private readonly file: Hdf5File,
    private readonly dataset: string,
    private readonly shape: readonly number[],
    private readonly elementBytes: number,
    readonly size: number,
  ) {}

  /** @throws FormatError, LimitError as `Hdf5File.readRows` does */
  async read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    signal?.throwIfAborted();
    if (end === start) {
      return new Uint8Array();
    }
    const rowBytes = this.shape.slice(1).reduce((product, length) => product * length, this.elementBytes);
    const first = Math.floor(start / rowBytes);
    const rows = Math.ceil(end / rowBytes) - first;
    const bytes = await this.file.readRows(this.dataset, this.shape, first, rows, rowBytes);
    return bytes.subarray(start - first * rowBytes, end - first * rowBytes);
  }
}
