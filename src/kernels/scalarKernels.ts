import { decodedType } from './elementType';
import { GrowingBuffer } from './growingBuffer';
import { KernelMemory } from './kernelMemory';
import type { Kernels } from './kernels';
import { momentColumns, momentNames } from './momentColumns';
import { backward } from './scalar/backward';
import { decodeElements } from './scalar/decode';
import { forward } from './scalar/forward';
import { momentsOfRow } from './scalar/rowMoments';

/** The first address that areas may have: 0 means "absent". */
const firstAddress = 64;

/** The kernels in TypeScript: for engines without WebAssembly's vectors, and to test the others against. */
export function scalarKernels(): Kernels {
  const memory = new KernelMemory(new GrowingBuffer(), firstAddress);
  return {
    kind: 'scalar',
    memory,
    decode(source, count, target) {
      const values = decodeElements(memory, source, 0, count);
      memory[decodedType(source.dtype)](target, count).set(values);
    },
    rowMoments(source, rows, cols, order, target) {
      const columns = momentColumns(memory, target, rows);
      for (let row = 0; row < rows; row++) {
        const moments = momentsOfRow(decodeElements(memory, source, row * cols, (row + 1) * cols), order);
        for (const name of momentNames) {
          columns[name][row] = moments[name];
        }
      }
    },
    forward: (...args) => forward(memory, ...args),
    backward: (...args) => backward(memory, ...args),
  };
}
