import type { ValuesPage } from '../protocol';
import { dtypes } from '../tensor/dtype';
import type { Tensor } from '../tensor/tensor';

/** Values that one page of the table may ask for. */
const maxValues = 20_000;

/**
 * The values of some rows and columns of a tensor seen as a table whose rows run along the last axis.
 *
 * @param range rows and columns, ends exclusive; clipped to what is there and to `maxValues`
 */
export function valuesPage(
  tensor: Tensor,
  range: { startRow: number; endRow: number; startColumn: number; endColumn: number },
): ValuesPage {
  const { values, shape, dtype } = tensor;
  const isComplex = dtypes[dtype].kind === 'complex';
  const columns = shape.at(-1) ?? 1;
  const rowCount = columns === 0 ? 0 : values.length / (isComplex ? 2 : 1) / columns;
  const startColumn = clip(range.startColumn, columns);
  const endColumn = clip(range.endColumn, columns);
  const startRow = clip(range.startRow, rowCount);
  const endRow = Math.min(
    clip(range.endRow, rowCount),
    startRow + Math.ceil(maxValues / Math.max(1, endColumn - startColumn)),
  );
  const rows: (Float64Array | string[])[] = [];
  for (let row = startRow; row < endRow; row++) {
    const start = row * columns + startColumn;
    const end = row * columns + endColumn;
    if (isComplex) {
      rows.push(Array.from({ length: end - start }, (_, i) => complexText(values, start + i)));
    } else if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
      rows.push(Array.from(values.subarray(start, end), String));
    } else {
      rows.push(Float64Array.from(values.subarray(start, end)));
    }
  }
  return { startRow, rows };
}

function clip(position: number, length: number): number {
  return Math.min(Math.max(0, Math.floor(position)), length);
}

/** As Python writes it: 1+2j. */
function complexText(values: Tensor['values'], position: number): string {
  const im = String(values[2 * position + 1]);
  return `${values[2 * position]}${im.startsWith('-') ? '' : '+'}${im}j`;
}
