import { decodedAt, decodedBytes, sourceBytes } from './decode';
import { ElementCode } from './elementCode';
import { exactSum } from './exactSum';
import { float32Block } from './float32Block';
import { float64Block } from './float64Block';
import { MomentColumn } from './momentColumn';
import { block, row } from './moments';
import { scaledBlock } from './scaledBlock';
import { blockLength } from './scratch';

/** Magnitudes whose fourth powers, summed over any row, stay in the range of float64. */
const smallestPlain: f64 = reinterpret<f64>((<u64>(1023 - 200)) << 52);
const largestPlain: f64 = reinterpret<f64>((<u64>(1023 + 200)) << 52);

/** A mean below this share of the largest magnitude may be what rounding left of terms that cancel. */
const cancelled: f64 = reinterpret<f64>((<u64>(1023 - 20)) << 52);

/**
 * Moments of each row of (rows, cols) elements, as a table at `target`: see MomentColumn.
 *
 * @param order 4, or 2 to leave out m3 and m4, which are NaN then
 */
export function rowMoments(
  code: i32,
  bigEndian: bool,
  source: usize,
  rows: i32,
  cols: i32,
  order: i32,
  target: usize,
): void {
  const rowBytes = <usize>cols * <usize>sourceBytes(code);
  for (let r = 0; r < rows; r++, source += rowBytes, target += 8) {
    let scale: f64 = 1;
    addBlocks(code, bigEndian, source, cols, order, 1);
    const absMax = Math.max(-row.min, row.max);
    if (code >= ElementCode.float64) {
      if (absMax > 0 && absMax < Infinity && (absMax < smallestPlain || absMax > largestPlain)) {
        scale = binaryScale(absMax);
        addBlocks(code, bigEndian, source, cols, order, 1 / scale);
      }
    }
    if (Math.abs(row.sum) < (absMax / scale) * cancelled * row.finite) {
      row.sum = exactSum(code, bigEndian, source, cols, 1 / scale);
    }
    storeRow(scale, order, target, (<usize>rows) << 3);
  }
}

/** Sets `row` to the moments of one row. With an `inverse` other than 1, moments are of the values times it. */
function addBlocks(code: i32, bigEndian: bool, source: usize, cols: i32, order: i32, inverse: f64): void {
  row.clear();
  const wide = decodedBytes(code) == 8;
  const stride = <usize>(blockLength * sourceBytes(code));
  let origin: f64 = 0;
  for (let left = cols; left > 0; left -= blockLength, source += stride) {
    const count = min(left, blockLength);
    const values = decodedAt(code, bigEndian, source, count);
    if (left == cols) {
      const first = wide ? load<f64>(values) * inverse : <f64>load<f32>(values);
      origin = isFinite(first) ? first : 0;
    }
    if (!wide) {
      float32Block(values, count, origin, order);
    } else if (inverse == 1) {
      float64Block(values, count, origin);
    } else {
      scaledBlock(values, count, origin, inverse);
    }
    row.merge(block);
  }
}

/** The power of two just below a magnitude, but at least 2^-1000, so that its reciprocal is finite. */
function binaryScale(magnitude: f64): f64 {
  const exponent = max<i64>(23, reinterpret<i64>(magnitude) >> 52);
  return reinterpret<f64>(exponent << 52);
}

function storeRow(scale: f64, order: i32, target: usize, columnBytes: usize): void {
  const n = row.finite;
  const constant = row.min == row.max;
  // Adding zero makes a negative zero positive: which of the two comes first would depend on the vector width.
  const min = n == 0 ? NaN : row.min + 0;
  const max = n == 0 ? NaN : row.max + 0;
  const mean = constant ? min / scale : row.sum / n;
  const m2 = constant ? 0 : row.m2;
  const m3 = order < 4 ? NaN : constant ? 0 : row.m3;
  const m4 = order < 4 ? NaN : constant ? 0 : row.m4;
  storeColumn(target, columnBytes, MomentColumn.nan, row.nan);
  storeColumn(target, columnBytes, MomentColumn.posInf, row.posInf);
  storeColumn(target, columnBytes, MomentColumn.negInf, row.negInf);
  storeColumn(target, columnBytes, MomentColumn.zero, row.zero);
  storeColumn(target, columnBytes, MomentColumn.min, min);
  storeColumn(target, columnBytes, MomentColumn.max, max);
  storeColumn(target, columnBytes, MomentColumn.absMax, Math.max(-min, max) + 0);
  storeColumn(target, columnBytes, MomentColumn.mean, mean * scale);
  storeColumn(target, columnBytes, MomentColumn.scale, scale);
  storeColumn(target, columnBytes, MomentColumn.m2, m2);
  storeColumn(target, columnBytes, MomentColumn.m3, m3);
  storeColumn(target, columnBytes, MomentColumn.m4, m4);
  storeColumn(target, columnBytes, MomentColumn.sumSquares, n == 0 ? 0 : m2 + n * mean * mean);
}

function storeColumn(target: usize, columnBytes: usize, column: i32, value: f64): void {
  store<f64>(target + <usize>column * columnBytes, value);
}
