import { byteLength } from '../formats/readValues';
import { formatShape } from '../tensor/shape';
import type { Command } from './command';
import { table } from './table';

/** Every tensor of a file. */
export const list: Command = {
  usage: 'list FILE',
  options: {},
  async run(dump) {
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
  },
};
