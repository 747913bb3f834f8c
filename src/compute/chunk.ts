import type { MomentsTable } from './momentsTable';

/**
 * Bytes read and worked through at a time: enough that what goes on around the kernel costs nothing, few enough to stay in
 * the processor's last cache.
 */
export const chunkBytes = 2 * 1024 * 1024;

/** Whole rows, or one part of a row. */
export interface Chunk {
  /** First element, in C order. */
  readonly start: number;
  readonly rows: number;
  /** Elements of each row. */
  readonly cols: number;
}

/** Takes the moments of the rows of a chunk; the table is good until the next chunk is read. */
export type ReadChunk = (chunk: Chunk) => Promise<MomentsTable>;

/** Rows in a chunk, however short they are: their moments take memory too. */
const maxRows = 4096;

/**
 * Cuts elements into chunks of whole rows, or of one part of a row where rows are longer or the stretch begins or ends
 * within one.
 *
 * @param maxElements elements of a chunk
 */
export function* chunksOf(start: number, end: number, rowLength: number, maxElements: number): Generator<Chunk> {
  while (start < end) {
    const rest = rowLength - (start % rowLength);
    const rows = Math.min(maxRows, Math.floor(maxElements / rowLength), Math.floor((end - start) / rowLength));
    const chunk =
      rest < rowLength || rows === 0
        ? { start, rows: 1, cols: Math.min(rest, maxElements, end - start) }
        : { start, rows, cols: rowLength };
    yield chunk;
    start += chunk.rows * chunk.cols;
  }
}
