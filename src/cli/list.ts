import type { Dump } from '../formats/dump';
import { byteLength } from '../formats/readValues';
import { undecodedNotes } from '../formats/undecodedNotes';
import { formatShape } from '../tensor/shape';
import type { Command, Outcome } from './command';
import { rawOptions, rawUsage } from './rawOptions';
import { table } from './table';
import { withDump } from './withDump';

/** Every tensor of a file. */
export const list: Command = {
  usage: `list FILE ${rawUsage}`,
  options: rawOptions,
  files: 1,
  run: ([path], options) => withDump(path, options, answer),
};

async function answer(dump: Dump): Promise<Outcome> {
  const readable = dump.tensors.map((ref) => ({
    name: ref.name,
    dtype: ref.dtype,
    shape: ref.shape,
    bytes: byteLength(ref),
  }));
  const listed = (dump.undecoded ?? []).map(({ name, dtypeName, shape, bytes, reason }) => ({
    name,
    dtype: dtypeName,
    shape,
    bytes,
    undecoded: reason,
  }));
  const tensors = [...readable, ...listed];
  return {
    json: { format: dump.format, metadata: dump.metadata, tensors, notes: dump.notes },
    text: [
      table(
        ['name', 'dtype', 'shape', 'bytes'],
        tensors.map(({ name, dtype, shape, bytes }) => [name, dtype, formatShape(shape), String(bytes ?? '?')]),
      ),
      ...undecodedNotes(dump),
      ...dump.notes,
    ].join('\n'),
  };
}
