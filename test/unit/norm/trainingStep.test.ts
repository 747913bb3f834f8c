import { describe, expect, it } from 'vitest';
import { networkOrder } from '../../../src/norm/networkOrder';
import { maskStep, trainingStepOf } from '../../../src/norm/trainingStep';

describe('trainingStepOf', () => {
  it.each([
    ['step10.blocks.0.resid_post', 10],
    ['run/step_100/blocks/0/out', 100],
    ['iter-5.loss', 5],
    ['global_step250/mlp.weight', 250],
    ['blocks.0.resid_post', undefined],
    ['footstep1.x', undefined],
    ['step.3', undefined],
  ])('of %s is %s', (name, step) => {
    expect(trainingStepOf(name)).toBe(step);
  });

  it('is masked without moving the rest of the name', () => {
    expect(maskStep('run/step_100/blocks.7')).toBe('run/ssssssss/blocks.7');
  });
});

describe('networkOrder of several training steps', () => {
  it('goes through each step by itself, forward and then backward', () => {
    const names = ['step10.blocks.0.ln1.input', 'step10.blocks.0.ln1.grad_input', 'step2.blocks.1.ln1.input'];
    const others = ['step2.blocks.0.ln1.grad_input', 'step2.blocks.0.ln1.input', 'weights'];
    expect(networkOrder([...names, ...others]).names).toEqual([
      'weights',
      'step2.blocks.0.ln1.input',
      'step2.blocks.1.ln1.input',
      'step2.blocks.0.ln1.grad_input',
      'step10.blocks.0.ln1.input',
      'step10.blocks.0.ln1.grad_input',
    ]);
  });
});
