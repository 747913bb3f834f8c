import type { Tensor } from '../tensor/tensor';
import type { Dump } from './dump';
import { memoryTensor } from './memoryTensor';

/**
 * A dump of tensors that are in memory already, without copying them.
 *
 * @param tensors  with values held as files hold them: no float16, bfloat16 or float8
 * @param metadata as a file would say about itself
 */
export function memoryDump(tensors: readonly Tensor[], metadata: Readonly<Record<string, string>> = {}): Dump {
  return { format: 'memory', metadata, notes: [], tensors: tensors.map((tensor) => memoryTensor(tensor)) };
}
