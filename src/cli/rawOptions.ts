import type { RawLayout } from '../formats/rawArray';
import { dtypes, type DType } from '../tensor/dtype';
import type { Options } from './command';
import { integerList } from './integerList';
import { UsageError } from './usageError';

/** Options that say what a file without a header holds; every command that reads dumps takes them. */
export const rawOptions = {
  'raw-dtype': { type: 'string', value: 'DTYPE', help: 'of the values of a file without a header' },
  shape: { type: 'string', value: 'LENGTHS', help: 'of its array; one may be -1, as 4,-1' },
  'byte-order': { type: 'string', value: 'little|big', help: 'of its values' },
  offset: { type: 'string', value: 'BYTES', help: 'before its first value' },
} as const;

/** How the usage text writes them. */
export const rawUsage = '[--raw-dtype float32 --shape 4,-1 --byte-order little|big --offset BYTES]';

/**
 * The layout that the options give, if they give one: little-endian from the first byte on, in one row, unless they say
 * otherwise.
 *
 * @throws UsageError if a value is none, or some are given without the dtype
 */
export function readRawLayout(options: Options): RawLayout | undefined {
  const { 'raw-dtype': dtype, 'byte-order': byteOrder = 'little' } = options;
  if (dtype === undefined) {
    const stray = Object.keys(rawOptions).find((name) => options[name] !== undefined);
    if (stray !== undefined) {
      throw new UsageError(`--${stray} is for files without a header; give their --raw-dtype too.`);
    }
    return undefined;
  }
  if (typeof dtype !== 'string' || !Object.hasOwn(dtypes, dtype)) {
    throw new UsageError(`--raw-dtype takes one of ${Object.keys(dtypes).join(', ')}, not "${String(dtype)}".`);
  }
  if (byteOrder !== 'little' && byteOrder !== 'big') {
    throw new UsageError(`--byte-order takes little or big, not "${String(byteOrder)}".`);
  }
  const [byteOffset, ...more] = integerList('offset', options.offset) ?? [0];
  if (more.length > 0 || byteOffset < 0) {
    throw new UsageError('--offset takes one number of bytes.');
  }
  const shape = integerList('shape', options.shape) ?? [-1];
  return { dtype: dtype as DType, shape, littleEndian: byteOrder === 'little', byteOffset };
}
