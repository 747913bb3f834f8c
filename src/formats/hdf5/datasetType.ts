import type { Filter, Metadata } from 'h5wasm';
import type { DType } from '../../tensor/dtype';

/** Numbers of the library's classes of types (H5T_class_t). */
const typeClass = { integer: 0, float: 1, string: 3, compound: 6, reference: 7, enumeration: 8, list: 9, array: 10 };

/** Filters that the library has: deflate, shuffle, fletcher32, nbit, scaleoffset. */
const knownFilters = new Set([1, 2, 3, 5, 6]);

const floats = new Map<number, DType>([
  [4, 'float32'],
  [8, 'float64'],
]);

const complexes = new Map<number, DType>([
  [8, 'complex64'],
  [16, 'complex128'],
]);

/**
 * What the elements of a dataset are: a dtype that is decoded, or why they are not, as a clause, and what they are called.
 *
 * @param shortFloat tells what floats of two bytes are, of which the library says no more
 */
export function datasetType(
  metadata: Metadata,
  filters: readonly Filter[],
  shortFloat: () => DType | undefined,
): { dtype: DType } | { reason: string; dtypeName: string } {
  const dtype = isShortFloat(metadata) ? shortFloat() : dtypeOf(metadata);
  const dtypeName = dtype ?? 'not numeric';
  const foreign = filters.find(({ id }) => !knownFilters.has(id));
  if (foreign) {
    const reason = `it is compressed by the filter ${foreign.id} (${foreign.name || 'unnamed'}), which is not read`;
    return { reason, dtypeName };
  }
  return dtype ? { dtype } : { reason: `it holds ${contentsOf(metadata)}`, dtypeName };
}

function dtypeOf({ type, size, signed, enum_type: enumeration, compound_type: compound }: Metadata): DType | undefined {
  switch (type) {
    case typeClass.integer:
      return [1, 2, 4, 8].includes(size) ? (`${signed ? 'int' : 'uint'}${8 * size}` as DType) : undefined;
    case typeClass.float:
      return floats.get(size);
    case typeClass.enumeration: {
      // As h5py stores bool.
      const { FALSE, TRUE } = enumeration?.members ?? {};
      return size === 1 && FALSE === 0 && TRUE === 1 ? 'bool' : undefined;
    }
    case typeClass.compound: {
      // As h5py stores complex numbers: two floats named r and i.
      const [re, im] = compound?.members ?? [];
      const halves = [re, im].every((part) => part?.type === typeClass.float && part.size === size / 2);
      const inOrder = re?.name === 'r' && im?.name === 'i' && re.offset === 0 && im.offset === size / 2;
      return compound?.nmembers === 2 && halves && inOrder ? complexes.get(size) : undefined;
    }
    default:
      return undefined;
  }
}

function isShortFloat({ type, size }: Metadata): boolean {
  return type === typeClass.float && size === 2;
}

function contentsOf({ type, size }: Metadata): string {
  const names = new Map([
    [typeClass.integer, `integers of ${size} bytes`],
    [typeClass.float, `floats of ${size} bytes in no format that is known, or in several`],
    [typeClass.string, 'text'],
    [typeClass.compound, 'records'],
    [typeClass.reference, 'references'],
    [typeClass.enumeration, 'names of an enumeration'],
    [typeClass.list, 'lists of varying length'],
    [typeClass.array, 'arrays in its elements'],
  ]);
  return names.get(type) ?? 'no numbers';
}
