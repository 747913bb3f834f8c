import { readdirSync, readFileSync } from 'node:fs';
import { readTensor } from '../../../src/formats/readValues';
import { defaultSpec, trailingAxes, type NormSpec } from '../../../src/norm/normSpec';
import type { NormParameters } from '../../../src/norm/parameters';
import { toFloat64, type Tensor } from '../../../src/tensor/tensor';
import { openFixture } from './dumps';

const folder = 'test/fixtures/norms';

/** One recorded case: inputs and PyTorch's float64 autograd of them. */
export interface NormFixture {
  readonly spec: NormSpec;
  readonly shape: readonly number[];
  readonly parameters: NormParameters;
  /** Edge cases only: what is special about each row. */
  readonly rows?: readonly { readonly row: number; readonly label: string; readonly y_all_finite: boolean }[];
  /** By its name in the file; throws for one that is not there. */
  readonly array: (name: string) => Float64Array;
  readonly has: (name: string) => boolean;
}

/** Names of the recorded cases, those with edge rows apart. */
const names = readdirSync(folder)
  .filter((file) => file.endsWith('.npz'))
  .map((file) => file.slice(0, -4));
export const edgeCases = names.filter((name) => name.includes('_edge_'));
export const plainCases = names.filter((name) => !name.includes('_edge_'));

export async function loadNormFixture(name: string): Promise<NormFixture> {
  const sidecar = JSON.parse(readFileSync(`${folder}/${name}.json`, 'utf8'));
  const { tensors: refs } = await openFixture(`norms/${name}.npz`);
  const tensors = new Map<string, Tensor>();
  for (const ref of refs) {
    tensors.set(ref.name, await readTensor(ref));
  }
  const array = (key: string) => {
    const tensor = tensors.get(key);
    if (tensor === undefined) {
      throw new Error(`${name}.npz has no ${key}`);
    }
    return toFloat64(tensor);
  };
  const has = (key: string) => tensors.has(key);
  return {
    spec: specOf(sidecar),
    shape: sidecar.shape,
    parameters: {
      weight: has('weight') ? array('weight') : undefined,
      bias: has('bias') ? array('bias') : undefined,
      runningMean: has('running_mean_before') ? array('running_mean_before') : undefined,
      runningVar: has('running_var_before') ? array('running_var_before') : undefined,
    },
    rows: sidecar.rows,
    array,
    has,
  };
}

function specOf({ op, params }: any): NormSpec {
  return {
    ...defaultSpec(op),
    axes: params.dim === undefined ? trailingAxes(params.normalized_shape?.length ?? 1) : [params.dim],
    eps: params.eps,
    epsPlace: params.eps_mode === 'clamp' ? 'clamp' : 'inside',
    weightOffset: params.variant === 'gemma' ? 1 : 0,
    numGroups: params.num_groups ?? 1,
    training: params.training ?? false,
    momentum: params.momentum ?? 0.1,
  };
}
