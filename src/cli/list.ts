import type { Dump } from '../formats/dump';
import { byteLength } from '../formats/readValues';
import { formatShape } from '../tensor/shape';
import type { Command, Outcome } from './command';
import { table } from './table';
import { withDump } from './withDump';

/** Every tensor of a file. */
export const list: Command = {
  usage: 'list FILE',
  options: {},
  files: 1,
  run: ([path]) => withDump(path, answer),
};

async function answer(dump: Dump): Promise<Outcome> {
  const tensors = dump.tensors.map((ref) => ({
    name: ref.name,
    dtype: ref.dtype,
    shape: ref.shape,
    bytes: byteLength(ref),
  }));
  return {
    json: { format: dump.format, metadata: dump.metadata, tensors },
    text: [
      table(
        ['name', 'dtype', 'shape', 'bytes'],
        tensors.map(({ name, dtype, shape, bytes }) => [name, dtype, formatShape(shape), String(bytes)]),
      ),
      ...dump.notes,
    ].join('\n'),
  };
}
