import type { DType, Shape } from '../../src/protocol';
import { tableSize, unravel } from '../geometry';

/** Characters that a value of a dtype takes at most; what is longer is cut short and found in full in its tooltip. */
export function columnCharacters(dtype: DType): number {
  switch (dtype) {
    case 'complex64':
    case 'complex128':
      return 21;
    case 'int64':
    case 'uint64':
      return 20;
    case 'int32':
    case 'uint32':
      return 11;
    case 'bool':
    case 'int8':
    case 'uint8':
    case 'int16':
    case 'uint16':
      return 7;
    default:
      return 10;
  }
}

/** The name of a row of the last axis: its indices along the axes before it, "1, 0"; nothing for a single row. */
export function rowName(row: number, shape: Shape): string {
  return unravel(row, shape.slice(0, -1)).join(', ');
}

/** Characters of the longest row name. */
export function rowNameCharacters(shape: Shape): number {
  return rowName(Math.max(0, tableSize(shape).rows - 1), shape).length;
}
