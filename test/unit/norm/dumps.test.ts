import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkGradients } from '../../../src/norm/gradientCheck';
import { findCases } from '../../../src/norm/sites';
import { casesOf, openFixture } from './dumps';

describe.each([
  ['preln', 13, ['layer_norm']],
  ['postln', 12, ['layer_norm']],
  ['rms', 13, ['rms_norm']],
  ['rms_bf16', 13, ['rms_norm']],
])('%s, recorded from PyTorch', (name, count, kinds) => {
  it('names its norms, with or without the metadata that states them', async () => {
    const { tensors, metadata } = await openFixture(`dumps/${name}.safetensors`);
    const stated = findCases(tensors, metadata);
    expect(stated).toHaveLength(count);
    expect([...new Set(stated.map(({ kind }) => kind))]).toEqual(kinds);
    expect(stated.every(({ guessed }) => !guessed)).toBe(true);
    expect(findCases(tensors)).toEqual(stated.map((found) => ({ ...found, stated: undefined, guessed: true })));
  });

  it('holds right gradients at every norm', async () => {
    for (const [site, normCase] of await casesOf(await openFixture(`dumps/${name}.safetensors`))) {
      const { gradients } = checkGradients(normCase, { maxWork: 1e6 });
      expect(gradients.filter(({ source }) => source === 'file').length).toBe(kinds[0] === 'rms_norm' ? 2 : 3);
      expect(
        gradients.filter(({ passed }) => !passed),
        site,
      ).toEqual([]);
      // Room between a right gradient and the limit, so that other hardware passes as well.
      expect(Math.max(...gradients.map(({ maxRelError, limit }) => maxRelError / limit))).toBeLessThan(0.25);
    }
  });
});

const explanations: Record<string, string | undefined> = {
  grad_weight_wrong_axis: 'It is the sum of dy x̂ over the features instead of over the rows.',
  backward_naive: 'It is the gradient with mean and variance held constant.',
  backward_no_mean_correction: 'It is the gradient without the mean correction: only the variance is differentiated.',
  backward_no_variance_correction:
    'It is the gradient without the variance correction: only the mean is differentiated.',
};
const names: Record<string, string> = { grad_input: 'gradInput', grad_weight: 'gradWeight' };

describe('dumps with a planted fault', () => {
  const answers = JSON.parse(readFileSync('test/fixtures/dumps/broken/answers.json', 'utf8'));

  it.each(['case_06', 'case_07', 'case_08', 'case_10'])(
    '%s fails where the fault is and nowhere else',
    async (file) => {
      const cases = await casesOf(await openFixture(`dumps/broken/${file}.safetensors`));
      const failures = [...cases].flatMap(([site, normCase]) =>
        checkGradients(normCase, { maxWork: 1e6 })
          .gradients.filter(({ passed }) => !passed)
          .map(({ name, source, explanation }) => ({ site, name, source, explanation })),
      );
      const [{ site, tensor, kind }] = answers[file].faults;
      expect(failures).toEqual([
        { site, name: names[tensor.slice(site.length + 1)], source: 'file', explanation: explanations[kind] },
      ]);
    },
  );
});
