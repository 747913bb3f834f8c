import type { DType } from '../../tensor/dtype';

/**
 * How a file describes floats of two bytes, from the size on ("IV.A.2.d. The Datatype Message" of the HDF5 file format): size
 * 4 bytes, bit offset 2, precision 2, then where the exponent is and its bits, the same of the mantissa, and the bias.
 */
const properties: readonly (readonly [DType, readonly number[]])[] = [
  ['float16', [2, 0, 0, 0, 0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0]],
  ['bfloat16', [2, 0, 0, 0, 0, 0, 16, 0, 7, 8, 0, 7, 127, 0, 0, 0]],
];

/** Where the precision stands among them: the byte that is rarest in a file of numbers, to be looked for first. */
const anchor = 6;

/**
 * What the floats of two bytes in an HDF5 file are. The library tells their size alone, so that it is read where the file
 * describes its types, which is never compressed: sixteen bytes that no values are by chance.
 *
 * @returns undefined if the file describes none that is known, or several
 */
export function shortFloatIn(file: Uint8Array): DType | undefined {
  const found = new Set<DType>();
  for (let at = file.indexOf(16); at !== -1; at = file.indexOf(16, at + 1)) {
    for (const [dtype, bytes] of properties) {
      if (bytes.every((byte, i) => file[at - anchor + i] === byte)) {
        found.add(dtype);
      }
    }
  }
  return found.size === 1 ? found.values().next().value : undefined;
}
