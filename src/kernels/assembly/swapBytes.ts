/**
 * Copies `bytes` bytes, each element of 2, 4 or 8 bytes turned around. Reads and writes up to the next multiple of 16.
 */
export function swapBytes(width: i32, source: usize, bytes: usize, target: usize): void {
  const end = source + bytes;
  if (width == 2) {
    for (; source < end; source += 16, target += 16) {
      const x = v128.load(source);
      v128.store(target, i8x16.shuffle(x, x, 1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14));
    }
  } else if (width == 4) {
    for (; source < end; source += 16, target += 16) {
      const x = v128.load(source);
      v128.store(target, i8x16.shuffle(x, x, 3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
    }
  } else {
    for (; source < end; source += 16, target += 16) {
      const x = v128.load(source);
      v128.store(target, i8x16.shuffle(x, x, 7, 6, 5, 4, 3, 2, 1, 0, 15, 14, 13, 12, 11, 10, 9, 8));
    }
  }
}
