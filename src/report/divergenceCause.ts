import type { Dump, TensorRef } from '../formats/dump';
import { byteLength, readTensor } from '../formats/readValues';
import { forward } from '../norm/forward';
import { rowGeometry } from '../norm/geometry';
import type { NormCase } from '../norm/normCase';
import { defaultSpec, normKinds } from '../norm/normSpec';
import { isExplained, OutputTrial } from '../norm/identify/outputTrial';
import { explainingChange } from '../norm/identify/singleChange';
import { recoverAffine } from '../norm/recoverAffine';
import { kindNames } from '../norm/specTerms';
import { statedNorms } from '../norm/statedNorms';
import { formatShape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import { changeWords } from './changeWords';

/** Bytes of the tensors that are looked at. */
const maxBytes = 2 ** 26;
/** So many tensors before the norm's output may be its input: the stream, past a branch or two. */
const candidates = 4;
/** Two rows are met by some weight and bias whatever the input is; more are met by the right one alone. */
const minRows = 4;
/** Weight and bias run along the last axis. */
const perFeature = defaultSpec('layer_norm');

/**
 * Why the output of a norm differs from that of a reference which states its convention. The input is the tensor
 * before it from which the reference's output is made; weight and bias need not be recorded, since the reference's
 * output tells them.
 *
 * @param ref   the output in the dump on trial
 * @param name  what the reference calls it
 * @param order names in the order of the network, the same in both up to `name`
 * @returns     one sentence; undefined where it is no norm, or the numbers do not tell
 */
export async function divergenceCause(
  reference: Dump,
  ref: TensorRef,
  name: string,
  order: readonly string[],
  signal?: AbortSignal,
): Promise<string | undefined> {
  const module = /^(.*)[._/]output$/.exec(name)?.[1];
  const stated = module === undefined ? undefined : statedNorms(reference.metadata).get(module);
  const kind = normKinds.find((known) => known === stated?.op);
  const refs = new Map(reference.tensors.map((tensor) => [tensor.name, tensor]));
  const own = refs.get(name)!;
  if (module === undefined || (kind !== 'layer_norm' && kind !== 'rms_norm') || byteLength(own) > maxBytes) {
    return undefined;
  }
  const spec = { ...defaultSpec(kind), ...stated?.spec };
  const output = await readTensor(own, signal);
  for (const x of await inputs(refs, own, [`${module}.input`, ...before(order, name)], signal)) {
    const affine = affineOf({ spec, x, output });
    if (affine === undefined || !isExplained({ spec, x, output, ...affine })) {
      continue;
    }
    const onTrial = { spec, x, output: await readTensor(ref, signal), ...affine };
    const found = explainingChange(onTrial, new OutputTrial(onTrial).fit(onTrial));
    return found === undefined
      ? undefined
      : `It equals the ${kindNames[kind]} that the reference follows ${changeWords(found, spec, x.shape)}, on ${x.name}.`;
  }
  return undefined;
}

/** The names before `name`, nearest first. */
function before(order: readonly string[], name: string): string[] {
  const place = order.indexOf(name);
  return order.slice(Math.max(0, place - candidates), place).reverse();
}

async function inputs(
  refs: ReadonlyMap<string, TensorRef>,
  { shape }: TensorRef,
  names: readonly string[],
  signal?: AbortSignal,
): Promise<Tensor[]> {
  const fitting = names
    .flatMap((name) => refs.get(name) ?? [])
    .filter((ref) => formatShape(ref.shape) === formatShape(shape));
  return Promise.all(fitting.map((ref) => readTensor(ref, signal)));
}

/** Weight and bias that the output tells, given the convention; undefined with too few rows. */
function affineOf({ spec, x, output }: NormCase): Pick<NormCase, 'weight' | 'bias'> | undefined {
  const cols = x.shape.at(-1) ?? 1;
  const values = toFloat64(x);
  if (values.length < minRows * cols) {
    return undefined;
  }
  const { normalized } = forward(spec, x.shape, values, {});
  const affine = recoverAffine(rowGeometry(perFeature, [values.length / cols, cols]), normalized, toFloat64(output!));
  const tensor = (name: string, values: Float64Array): Tensor => ({ name, dtype: 'float64', shape: [cols], values });
  return { weight: tensor('weight', affine.weight), bias: tensor('bias', affine.bias) };
}
