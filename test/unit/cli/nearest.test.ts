import { expect, it } from 'vitest';
import { nearestHint } from '../../../src/cli/nearest';

it.each([
  ['wieght', 'weight'],
  ['layernorm', 'layer_norm'],
  ['RMSNorm', 'rms_norm'],
  ['blocks.0.ln1.inptu', 'blocks.0.ln1.input'],
])('takes %s for %s', (typed, meant) => {
  expect(nearestHint(typed, ['x', 'layer_norm', 'rms_norm', 'weight', 'blocks.0.ln1.input'])).toBe(
    ` Did you mean "${meant}"?`,
  );
});

it.each(['y', 'gamma', ''])('takes %j for nothing', (typed) => {
  expect(nearestHint(typed, ['x', 'layer_norm', 'weight'])).toBe('');
});
