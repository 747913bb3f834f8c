import { describe, expect, it } from 'vitest';
import { ComparisonSource } from '../../../src/report/comparisonSource';
import { literalComparison } from '../../../src/report/literalComparison';
import { literalIn } from '../../../src/text/literals';

const names = ['run.log:3:1', 'want.py:7:5'] as const;
const array = (text: string) => literalIn(text, 0, text.length);
const comparison = (a: string, b: string) => literalComparison(array(a), array(b), names);

async function viewOf(a: string, b: string) {
  const source = new ComparisonSource(
    async () => comparison(a, b),
    async () => {},
  );
  const options = { simulation: { blocks: 12, init: 'xavier' } } as const;
  return source.overview('compare', options, new AbortController().signal);
}

describe('two arrays in text', () => {
  it('are compared element by element and row by row', async () => {
    const { sentences, facts, charts, tables } = await viewOf('[[1, 2], [3, 4]]', '[[1, 2], [3, 5]]');
    expect(sentences.map(({ text }) => text)).toEqual([
      'run.log:3:1 differs from want.py:7:5: it is off by 16.01 % of its norm, by 1 at most.',
      'The worst element of x is (1, 1): 4 in run.log:3:1, 5 in want.py:7:5.',
    ]);
    expect(facts.find(({ name }) => name === 'equal')).toMatchObject({ value: 3, note: 'of 4' });
    expect(Array.from(charts[0].series[1].values)).toEqual([0, 1]);
    expect(tables).toEqual([]);
  });

  it('agree where they are the same', async () => {
    const { sentences } = await viewOf('[NaN, Infinity, 1]', '[NaN, Infinity, 1]');
    expect(sentences.map(({ severity }) => severity)).toEqual(['pass', 'pass']);
  });

  it('agree with what PyTorch prints of them, to the digits that it prints, and not beyond', async () => {
    const [verdict] = (await viewOf('tensor([0.1235, 2.7183])', '[0.12345678, 2.718281828]')).sentences;
    expect(verdict.severity).toBe('pass');
    const [other] = (await viewOf('tensor([0.1236, 2.7183])', '[0.12345678, 2.718281828]')).sentences;
    expect(other.severity).toBe('error');
  });

  it('have to be of one shape', () => {
    expect(() => comparison('[1, 2, 3]', '[[1, 2, 3]]')).toThrow(
      'run.log:3:1 is (3) and want.py:7:5 is (1, 3): only arrays of the same shape are compared.',
    );
  });

  it('have to be printed whole', () => {
    expect(() => comparison('tensor([1., 2., ..., 3., 4.])', '[1, 2, 3, 4]')).toThrow('the rest is left out');
  });
});
