import { FormatError, LimitError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import type { Dump, OpenSibling, TensorRef, UndecodedTensor } from './dump';
import { openZip } from './openZip';
import { oneLine, quote } from './quote';
import { openSafetensors } from './safetensors';
import { parseStrictJson } from './strictJson';

/** As for the header of a .safetensors file: no list of tensors is longer. */
const maxIndexBytes = 100_000_000;

/** The largest models have some hundreds. */
const maxShards = 10_000;

/**
 * Opens a `*.index.json`, which says in which of several files beside it each tensor of a large model lies, as one dump. The
 * files are .safetensors, or .bin of PyTorch. What is missing is named in a note.
 *
 * @param sibling opens a file of the same folder; names that lead elsewhere are refused before it is asked
 * @throws FormatError if it is no such index, none of the files is there, or one of them is malformed
 * @throws LimitError if it names more files than any model has
 */
export async function openShardedCheckpoint(
  source: ByteSource,
  _fileName: string,
  signal?: AbortSignal,
  sibling?: OpenSibling,
): Promise<Dump> {
  const { weightMap, metadata } = await readIndex(source, signal);
  const shards = new Set(weightMap.values());
  if (shards.size > maxShards) {
    throw new LimitError(`index: ${shards.size} files are named; at most ${maxShards} are opened.`);
  }
  const tensors: TensorRef[] = [];
  const undecoded: UndecodedTensor[] = [];
  const notes: string[] = [];
  for (const shard of shards) {
    signal?.throwIfAborted();
    const bytes = await sibling?.(shard);
    if (bytes === undefined) {
      notes.push(`${quote(shard)} is not beside the index; its tensors are not shown.`);
      continue;
    }
    const open = /\.safetensors$/i.test(shard) ? openSafetensors : openZip;
    const dump = await open(bytes, shard, signal);
    const belongs = ({ name }: { name: string }) => weightMap.get(name) === shard;
    tensors.push(...dump.tensors.filter(belongs));
    undecoded.push(...(dump.undecoded ?? []).filter(belongs));
    notes.push(...dump.notes.map((note) => `${quote(shard)}: ${note}`));
    for (const [key, value] of Object.entries(dump.metadata)) {
      metadata.set(key, value);
    }
  }
  if (tensors.length + undecoded.length === 0 && shards.size > 0) {
    throw new FormatError(
      'index',
      `none of the tensors is in the ${shards.size} files that the index names`,
      undefined,
      {
        advice: `Put ${quote([...shards][0])} and the others into the folder of the index.`,
      },
    );
  }
  notes.push(...missingTensors(weightMap, [...tensors, ...undecoded], notes.length > 0));
  return { format: 'sharded checkpoint', metadata: Object.fromEntries(metadata), tensors, undecoded, notes };
}

async function readIndex(
  source: ByteSource,
  signal?: AbortSignal,
): Promise<{ weightMap: ReadonlyMap<string, string>; metadata: Map<string, string> }> {
  if (source.size > maxIndexBytes) {
    throw new LimitError(`index: the file has ${source.size} bytes; at most ${maxIndexBytes} are read.`);
  }
  const bytes = await source.read(0, source.size, signal);
  let index: unknown;
  try {
    index = parseStrictJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new FormatError('index', `the text is not JSON: ${oneLine((cause as Error).message)}`, undefined, { cause });
  }
  const { weight_map: weights, metadata = {} } = entriesOf(index) as { weight_map?: unknown; metadata?: unknown };
  if (typeof weights !== 'object' || weights === null || Array.isArray(weights)) {
    throw new FormatError('index', 'there is no weight_map that gives the file of each tensor');
  }
  const weightMap = new Map(Object.entries(weights).map(([name, shard]) => [name, bareName(name, shard)]));
  const texts = Object.entries(entriesOf(metadata)).map(([key, value]): [string, string] => [
    key,
    typeof value === 'string' ? value : JSON.stringify(value),
  ]);
  return { weightMap, metadata: new Map(texts) };
}

function entriesOf(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {};
}

/** The name of a shard, which must lie in the folder of the index: a file from elsewhere must not lead out of it. */
function bareName(tensor: string, shard: unknown): string {
  if (typeof shard !== 'string' || !/^[^/\\:\0]*\.(?:safetensors|bin)$/i.test(shard)) {
    throw new FormatError(
      'index',
      `the file of tensor ${quote(tensor)} is ${quote(String(shard))}; it must be the plain name of a .safetensors or .bin file`,
    );
  }
  return shard;
}

/** @param shardsAreMissing whether notes tell already why there may be fewer */
function missingTensors(
  weightMap: ReadonlyMap<string, string>,
  found: readonly { name: string }[],
  shardsAreMissing: boolean,
): string[] {
  const names = new Set(found.map(({ name }) => name));
  const missing = Array.from(weightMap.keys()).filter((name) => !names.has(name));
  if (missing.length === 0 || shardsAreMissing) {
    return [];
  }
  return [`${missing.length} tensors of the index are not in their files, such as ${quote(missing[0])}.`];
}
