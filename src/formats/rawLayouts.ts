import { dtypes, type DType } from '../tensor/dtype';
import type { RawLayout } from './rawArray';

/** A layout as a person writes it down in the settings; only the dtype must be there. */
export interface WrittenLayout {
  readonly dtype: DType;
  readonly shape?: readonly number[];
  readonly byteOrder?: 'little' | 'big';
  readonly offset?: number;
}

/**
 * The layout of files of a name: that of the last pattern that fits, in which `*` stands for any characters.
 *
 * @param layouts written by hand, so that anything may stand in it; what is no layout is passed over
 */
export function layoutFor(layouts: Readonly<Record<string, unknown>>, fileName: string): RawLayout | undefined {
  const fitting = Object.entries(layouts).filter(([pattern, layout]) => isLayout(layout) && fits(pattern, fileName));
  const written = fitting.at(-1)?.[1] as WrittenLayout | undefined;
  return (
    written && {
      dtype: written.dtype,
      shape: written.shape ?? [-1],
      littleEndian: written.byteOrder !== 'big',
      byteOffset: written.offset ?? 0,
    }
  );
}

/** A layout as it is written down. */
export function writtenLayout({ dtype, shape, littleEndian, byteOffset }: RawLayout): WrittenLayout {
  return { dtype, shape, byteOrder: littleEndian ? 'little' : 'big', offset: byteOffset };
}

/** Lengths as a person writes them: "4, -1, 768" or "4x768"; undefined for what is none. */
export function lengthsOf(text: string): number[] | undefined {
  const inner = text.trim().replace(/^[([](.*?),?[)\]]$/, '$1');
  return /^-?\d+(\s*[,x×]\s*-?\d+)*$/.test(inner.trim()) ? inner.split(/[,x×]/).map(Number) : undefined;
}

function fits(pattern: string, fileName: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`, 'i').test(fileName);
}

function isLayout(value: unknown): value is WrittenLayout {
  const { dtype, shape = [], byteOrder = 'little', offset = 0 } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return (
    typeof dtype === 'string' &&
    Object.hasOwn(dtypes, dtype) &&
    Array.isArray(shape) &&
    shape.every((length) => Number.isInteger(length)) &&
    (byteOrder === 'little' || byteOrder === 'big') &&
    Number.isInteger(offset)
  );
}
