/**
 * Rows are worked through in blocks of so many elements: at most 8 KiB, so that a block that is decoded and then read
 * is still in the first-level cache. It also bounds what the shifted sums of a block can lose, and is a multiple of 16,
 * the most elements that one step writes.
 */
export const blockLength: i32 = 1024;

/** Where a block is put once its bytes are in little-endian order: 8 KiB. Address 0 is left out: it means "absent". */
export const swappedBlock: usize = 64;

/** Where a block is put once it is float32 or float64: 8 KiB. */
export const decodedBlock: usize = swappedBlock + 8192;

/** Where the moments of the block and of the row at hand are: 256 bytes. */
export const momentsBase: usize = decodedBlock + 8192;

/** The first address that is free for the caller. What the compiler itself puts into memory comes before it. */
export function heapBase(): usize {
  return __heap_base;
}
