import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/norm/random';
import { networkOrder } from '../../../src/norm/networkOrder';
import { openFixture } from './dumps';

describe('networkOrder', () => {
  it('guesses the order that the recorded networks state, from names in any order', async () => {
    const { metadata, tensors } = await openFixture('dumps/compare/reference.safetensors');
    const random = new Random(7);
    const shuffled = tensors.map(({ name }) => ({ name, key: random.uniform() })).sort((a, b) => a.key - b.key);
    const { names, guessed } = networkOrder(shuffled.map(({ name }) => name));
    expect(names).toEqual(JSON.parse(metadata.order));
    expect(guessed).toBe(true);
  });

  it('counts blocks as numbers, and knows the names that Hugging Face gives', () => {
    const sorted = [
      'model.embed_tokens.output',
      'model.layers.2.input_layernorm.output',
      'model.layers.2.self_attn.output',
      'model.layers.2.post_attention_layernorm.output',
      'model.layers.2.mlp.output',
      'model.layers.10.input_layernorm.output',
      'model.norm.output',
      'lm_head.output',
    ];
    expect(networkOrder([...sorted].sort()).names).toEqual(sorted);
  });

  it('puts gradients after the forward pass, from the last module to the first', async () => {
    const { metadata, tensors } = await openFixture('dumps/preln.safetensors');
    const { names, guessed } = networkOrder(
      tensors.map(({ name }) => name),
      metadata,
    );
    const first = names.findIndex((name) => name.includes('grad_'));
    expect(guessed).toBe(false);
    expect(names.slice(0, first).some((name) => name.includes('grad_'))).toBe(false);
    expect(names.slice(first, first + 5)).toEqual([
      'ln_f.grad_output',
      'ln_f.grad_input',
      'ln_f.grad_weight',
      'ln_f.grad_bias',
      'blocks.5.ln2.grad_output',
    ]);
    expect(names).toHaveLength(113);
  });

  it('keeps a stated order, adds what it misses and passes over broken metadata', () => {
    expect(networkOrder(['one', 'two', 'three'], { order: '["three", "one", "gone"]' })).toEqual({
      names: ['three', 'one', 'two'],
      guessed: false,
    });
    expect(networkOrder(['two', 'one'], { order: '{' })).toEqual({ names: ['two', 'one'], guessed: true });
  });
});
