import type { Dump, TensorRef } from '../formats/dump';
import { byteLength, readTensor } from '../formats/readValues';
import { networkOrder } from '../norm/networkOrder';
import { placementOf, type Placement } from '../norm/placement';
import { statedNorms } from '../norm/statedNorms';
import { formatShape } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';
import type { DepthSeries } from './depthReport';

/** Bytes of a tensor of the block: some ten of them are held at once. */
const maxBytes = 2 ** 26;

/** What norms are called that the file does not state. */
const normWords = /(?:^|[._/])ln[\d_]*$|norm[\d_]*$/i;

/**
 * Where the norms stand, by the numbers of the second block recorded: the stream before it is the one after the first.
 *
 * @param stream the series that follows the residual stream
 * @returns      undefined where the block's tensors are too large or do not tell
 */
export async function placementIn(
  dump: Dump,
  stream: DepthSeries,
  signal?: AbortSignal,
): Promise<Placement | undefined> {
  const refs = new Map(dump.tensors.map((ref) => [ref.name, ref]));
  // The input of a block's first norm is the stream before the block, any other stream tensor the one after it.
  const isBefore = stream.pattern.endsWith('.input');
  const [before, after] = stream.names.slice(0, 2).map((name) => refs.get(name)!);
  const block = stream.blocks[isBefore ? 0 : 1];
  const prefix = stream.pattern.slice(0, stream.pattern.indexOf('*')) + block;
  const members = dump.tensors.filter(
    ({ name, shape }) =>
      name.startsWith(prefix) &&
      /^[._/]/.test(name.slice(prefix.length)) &&
      formatShape(shape) === formatShape(before.shape),
  );
  if ([before, after, ...members].some((ref) => byteLength(ref) > maxBytes)) {
    return undefined;
  }
  const read = async (ref: TensorRef | undefined) => ref && toFloat64(await readTensor(ref, signal));
  const stated = statedNorms(dump.metadata);
  const modules = new Map<string, { input?: TensorRef; output?: TensorRef }>();
  for (const ref of members.filter(({ name }) => name !== after.name)) {
    const [, module, role] = /^(.*)[._/](input|output)$/.exec(ref.name) ?? [];
    if (module !== undefined) {
      modules.set(module, { ...modules.get(module), [role]: ref });
    }
  }
  const norms = [];
  const branches = [];
  for (const name of networkOrder([...modules.keys()]).names) {
    const { input, output } = modules.get(name)!;
    if (stated.has(name) || normWords.test(name)) {
      norms.push({ input: await read(input), output: await read(output) });
    } else if (output) {
      branches.push((await read(output))!);
    }
  }
  return placementOf({ before: (await read(before))!, after: (await read(after))!, norms, branches });
}
