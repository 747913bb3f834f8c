import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readTensor } from '../../../../src/formats/readValues';
import { computedForward } from '../../../../src/norm/arithmetic/computedForward';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { toFloat64 } from '../../../../src/tensor/tensor';
import { openFixture } from '../dumps';

interface Recorded {
  readonly spec: Partial<NormSpec> & Pick<NormSpec, 'kind'>;
  readonly shape: readonly number[];
  readonly offset: number;
  readonly spread: number;
}

const { cases }: { cases: Recorded[] } = JSON.parse(readFileSync('test/fixtures/kernels/bfloat16.json', 'utf8'));

it.each(cases.map((recorded, i) => [recorded.spec.kind, recorded.shape, recorded.offset, recorded.spread, i] as const))(
  'a %s of bfloat16 %j around %d ± %d is bit-equal to what PyTorch 1.13 recorded',
  async (_kind, shape, _offset, _spread, i) => {
    const { tensors } = await openFixture('kernels/bfloat16.npz');
    const array = async (name: string) => {
      const ref = tensors.find((tensor) => tensor.name === `${i}.${name}`);
      return ref && toFloat64(await readTensor(ref));
    };
    const { spec } = cases[i];
    const convention: NormSpec = { ...defaultSpec(spec.kind), training: true, computeDtype: 'float32', ...spec };
    const parameters = { weight: await array('weight'), bias: await array('bias') };
    const { y } = computedForward(convention, shape, (await array('x'))!, parameters, 'bfloat16', 'torch1-cpu');
    expect(y).toEqual(await array('y'));
  },
);
