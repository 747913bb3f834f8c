import { describe, expect, it } from 'vitest';
import { nameBefore } from '../../../src/text/nameBefore';

describe('nameBefore', () => {
  it.each([
    ['W = ', 'W'],
    ['import torch\nself.weight = nn.Parameter(torch.tensor(', 'self.weight'],
    ['x: list[list[float]] = ', 'x'],
    ['f(x, weight=', 'weight'],
    ['{"port": 8080, "scores": ', 'scores'],
    ["OrderedDict([('ln.weight', tensor(", 'ln.weight'],
    ['static const float gain[2][4] = ', 'gain'],
    ['let w: Vec<f32> = vec!', 'w'],
    ['const w: number[] = new Float32Array(', 'w'],
    ['w := []float64', 'w'],
    ['double[][] w = new double[][] ', 'w'],
    ['σ² = 1; β <- c(', 'β'],
    ['10:00:01 INFO hidden: ', 'hidden'],
    ['weight: Parameter containing:\ntensor(', 'weight'],
  ])('finds the name in %j', (before, name) => {
    expect(nameBefore(before, before.length)).toBe(name);
  });

  it.each([
    '',
    'np.array(',
    'print(',
    '[[1, 2], ',
    'return ',
    'step 3: ',
    'assert x == ',
    '10:00:01 INFO grad tensor(',
    'Parameter containing:\ntensor(',
  ])('finds none in %j', (before) => {
    expect(nameBefore(before, before.length)).toBeUndefined();
  });

  it('looks only a little before the array, and ends, whatever stands there', () => {
    const before = `x = ${'['.repeat(1000)}`;
    expect(nameBefore(before, before.length)).toBeUndefined();
    for (const words of [`x = ${'a'.repeat(240)}-`, `x = ${'a('.repeat(120)}-`, `x = ${'[1] '.repeat(60)}-`]) {
      expect(nameBefore(words, words.length)).toBeUndefined();
    }
  });
});
