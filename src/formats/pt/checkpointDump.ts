import { FormatError } from '../../tensor/errors';
import type { Dump, TensorRef, UndecodedTensor } from '../dump';
import { quote } from '../quote';
import { checkpointContents } from './checkpointContents';
import type { Unpickled } from './readPickle';
import { UndecodedTorchTensor, type TorchStorage } from './torchObjects';
import { torchShape, torchTensorRef, type StoragePlace } from './torchTensorRef';

/** Bytes of a pickle, which is read whole; 100,000 tensors take about 20 million. */
export const maxPickleBytes = 2 ** 25;

/** Names that a note gives of all that a file asks for. */
const maxForeignNames = 8;

/**
 * The dump of a checkpoint whose pickle is read. The ending of a file's name is no part of the name of its only tensor.
 *
 * @param find gives the place of a storage; asked once for each key
 * @throws FormatError if tensors and storages do not fit together, or there are no tensors
 * @throws LimitError as `checkpointContents` does
 */
export async function checkpointDump(
  { value, foreignNames }: Unpickled,
  fileName: string,
  find: (storage: TorchStorage) => Promise<StoragePlace>,
): Promise<Dump> {
  const contents = checkpointContents(value, fileName.replace(/\.[^.]*$/, ''));
  const places = new Map<string, StoragePlace>();
  const tensors: TensorRef[] = [];
  const undecoded: UndecodedTensor[] = [];
  for (const [name, tensor] of contents.tensors) {
    if (tensor instanceof UndecodedTorchTensor) {
      const { dtypeName, size, reason } = tensor;
      undecoded.push({ name, dtypeName, shape: torchShape(name, size), bytes: undefined, reason });
      continue;
    }
    const { storage } = tensor;
    const place = places.get(storage.key) ?? (await find(storage));
    places.set(storage.key, place);
    tensors.push(torchTensorRef(name, tensor, place));
  }
  const foreign = [...foreignNames];
  if (contents.tensors.size === 0 && foreign.length > 0) {
    throw new FormatError(
      'pt',
      `the file asks for ${namesOf(foreign)} and holds no plain tensors; nothing but tensors and plain containers is ever built, and nothing is run`,
      undefined,
      { advice: 'Save plain tensors, as with torch.save(model.state_dict(), path).' },
    );
  }
  const notes = [...contents.notes];
  if (foreign.length > 0) {
    notes.push(
      `The file asks for ${namesOf(foreign)}, which is passed over: nothing but tensors and plain containers is ever built, and nothing is run.`,
    );
  }
  return { format: 'pt', metadata: contents.metadata, tensors, undecoded, notes };
}

/** Names as messages list them: the first few. */
export function namesOf(names: readonly string[]): string {
  const shown = names.slice(0, maxForeignNames).map((name) => quote(name)).join(', '); // prettier-ignore
  return names.length > maxForeignNames ? `${shown} and ${names.length - maxForeignNames} more` : shown;
}
