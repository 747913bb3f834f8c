import { describe, expect, it } from 'vitest';
import { memoryDump } from '../../../../src/formats/memoryDump';
import { forward } from '../../../../src/norm/forward';
import { defaultSpec } from '../../../../src/norm/normSpec';
import { diagnose } from '../../../../src/report/findings/diagnose';
import { toFloat64, type Tensor } from '../../../../src/tensor/tensor';
import { randomTensor, tensor } from '../../norm/tensors';

const shape = [2, 4, 16];

/**
 * A pre-norm network of blocks x + f(N(x)) as a recorder would store it, its branches of random numbers; in the blocks of
 * `late` the branch is added to N(x).
 */
function network(blocks: number, late: readonly number[], embeddingNorm = false): Tensor[] {
  let stream = toFloat64(randomTensor('', shape, 99));
  const tensors: Tensor[] = [];
  const normed = (name: string) => {
    const weight = randomTensor(`${name}.weight`, [16], tensors.length);
    const { y } = forward(defaultSpec('layer_norm'), shape, stream, { weight: toFloat64(weight) });
    tensors.push(tensor(`${name}.input`, shape, stream), weight, tensor(`${name}.output`, shape, y));
    return y;
  };
  if (embeddingNorm) {
    stream = normed('embed.norm');
  }
  for (let block = 0; block < blocks; block++) {
    const y = normed(`blocks.${block}.ln1`);
    const branch = randomTensor(`blocks.${block}.attn.output`, shape, 1000 + block);
    const base = late.includes(block) ? y : stream;
    stream = base.map((value, i) => value + toFloat64(branch)[i]);
    tensors.push(branch, tensor(`blocks.${block}.resid_post`, shape, stream));
  }
  return tensors;
}

async function lateNorms(tensors: readonly Tensor[]): Promise<string[]> {
  const { findings } = await diagnose(memoryDump(tensors));
  return findings.filter(({ code }) => code === 'residual-normalized').map(({ tensor: name }) => name);
}

describe('diagnose of the residual stream', () => {
  it('finds the one block that adds its branch to the normalized stream', async () => {
    expect(await lateNorms(network(5, [3]))).toEqual(['blocks.3.ln1.output']);
  });

  it.each([
    ['a pre-norm network', network(5, [])],
    ['a post-norm network, where every block does', network(5, [0, 1, 2, 3, 4])],
    ['a norm that makes the stream from embeddings', network(5, [], true)],
  ])('finds nothing in %s', async (_, tensors) => {
    expect(await lateNorms(tensors)).toEqual([]);
  });
});
