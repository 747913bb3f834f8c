/** Row `row` of values that lie row by row, (rows, cols); no copy. */
export function rowOf(values: Float64Array, { cols }: { readonly cols: number }, row: number): Float64Array {
  return values.subarray(row * cols, (row + 1) * cols);
}

/**
 * Some rows of values that lie row by row, one after another.
 *
 * @param rowNumbers ascending
 * @returns          (rowNumbers, cols); `values` itself where these are all of its rows
 */
export function takeRows(
  values: Float64Array,
  shape: { readonly cols: number },
  rowNumbers: ArrayLike<number>,
): Float64Array {
  if (rowNumbers.length * shape.cols === values.length) {
    return values;
  }
  const taken = new Float64Array(rowNumbers.length * shape.cols);
  for (let i = 0; i < rowNumbers.length; i++) {
    taken.set(rowOf(values, shape, rowNumbers[i]), i * shape.cols);
  }
  return taken;
}
