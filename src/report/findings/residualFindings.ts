import type { Dump, TensorRef } from '../../formats/dump';
import { readValues } from '../../formats/readValues';
import { difference, isSame } from '../../norm/placement';
import type { CaseNames } from '../../norm/sites';
import { elementCount, formatShape } from '../../tensor/shape';
import { toFloat64 } from '../../tensor/tensor';
import type { Finding } from './finding';
import { isActivationName } from './tensorNames';

/** Values of each tensor that are looked at: its first ones. */
const fewValues = 2 ** 13;
/** Tensors of the stream's shape after a norm among which its branch and the sum are looked for. */
const horizon = 16;
/** Fewer norms than this whose input is added to say nothing of the others. */
const minOthers = 2;

/**
 * Finds norms after which the residual is taken of the normalized stream, N(x) + f(N(x)), where most norms of the network have
 * x + f(N(x)): it was taken too late, or the norm wrote into it. In a post-norm network all are of the first kind. A norm
 * whose output another norm reads makes the stream itself, as that of an embedding.
 *
 * @param cases the norms of the dump
 * @param order names in the order of the network
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function residualFindings(
  dump: Dump,
  cases: readonly CaseNames[],
  order: readonly string[],
  signal?: AbortSignal,
): Promise<Finding[]> {
  const refs = new Map(dump.tensors.map((ref) => [ref.name, ref]));
  const heads = new Map<string, Float64Array>();
  const headOf = async (name: string) => {
    const head = heads.get(name) ?? (await readHead(refs.get(name)!, signal));
    heads.set(name, head);
    return head;
  };
  const inputs = await Promise.all(cases.map(({ tensors }) => headOf(tensors.x)));
  const sums: { readonly names: CaseNames; readonly base?: 'input' | 'output' }[] = [];
  for (const names of cases) {
    const { x, output } = names.tensors;
    if (output === undefined) {
      continue;
    }
    const shape = formatShape(refs.get(x)!.shape);
    const later = order
      .slice(order.indexOf(output) + 1)
      .filter((name) => isActivationName(name) && formatShape(refs.get(name)!.shape) === shape)
      .slice(0, horizon);
    const y = await headOf(output);
    const makesStream = inputs.some((input) => input.length > 0 && isEqual(input, y));
    const base = makesStream ? undefined : baseOf(await headOf(x), y, await Promise.all(later.map(headOf)));
    sums.push({ names, base });
  }
  const others = sums.filter(({ base }) => base === 'input').length;
  const late = sums.filter(({ base }) => base === 'output');
  return others < minOthers || late.length >= others ? [] : late.map(({ names }) => lateResidual(names, others));
}

async function readHead(ref: TensorRef, signal?: AbortSignal): Promise<Float64Array> {
  const count = Math.min(elementCount(ref.shape), fewValues);
  const { dtype } = ref;
  return toFloat64({ name: '', dtype, shape: [count], values: await readValues(ref, 0, count, signal) });
}

function isEqual(a: Float64Array, b: Float64Array): boolean {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}

/** What a branch after a norm is added to; undefined where no two of the later tensors are a branch and such a sum. */
function baseOf(x: Float64Array, y: Float64Array, later: readonly Float64Array[]): 'input' | 'output' | undefined {
  const isBase = (base: Float64Array) =>
    later.some((sum, i) => {
      const step = difference(sum, base);
      return later.slice(0, i).some((branch) => isSame(step, branch));
    });
  const [ofInput, ofOutput] = [isBase(x), isBase(y)];
  return ofInput === ofOutput ? undefined : ofInput ? 'input' : 'output';
}

function lateResidual({ tensors }: CaseNames, others: number): Finding {
  return {
    severity: 'warning',
    code: 'residual-normalized',
    tensor: tensors.output!,
    where: {},
    message:
      `What follows adds its branch to ${tensors.output}, the normalized stream, where ${others} other norms of this network have it added ` +
      `to their input: the residual was taken after the norm, or the norm wrote into it.`,
    advice: `Add the branch to ${tensors.x}, or to a copy of it that is made before the norm.`,
  };
}
