import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildCli, parseCliJson, type Cli } from './runCli';

const broken = 'test/fixtures/dumps/broken';
let cli: Cli;

beforeAll(async () => {
  cli = await buildCli();
}, 60_000);
afterAll(() => cli.remove());

describe('normscope identify', () => {
  it('finds the variance divided by n − 1 behind a claimed layer_norm', async () => {
    const { code, stdout } = await cli.run(
      'identify',
      `${broken}/case_01.safetensors`,
      '--x',
      'blocks.1.ln1.input',
      '--json',
    );
    const { best, candidates, ambiguous, explanation } = parseCliJson(stdout);
    expect(code).toBe(0);
    expect(best.spec).toMatchObject({
      kind: 'layer_norm',
      axes: [-1],
      normalizedShape: [128],
      eps: 1e-5,
      epsPlace: 'inside',
      divisor: 'n-1',
      weightOffset: 0,
    });
    expect(best.relError).toBeLessThan(1e-6);
    expect(candidates[0]).toEqual(best);
    expect(ambiguous).toBe(false);
    expect(explanation).toMatch(
      /^y is layer_norm over the last axis with eps 0\.00001 inside the root and divisor n-1/,
    );
  });

  it('answers no where no convention explains y', async () => {
    const { code, stdout } = await cli.run(
      'identify',
      `${broken}/case_05.safetensors`,
      '--x',
      'blocks.3.ln1.input',
      '--json',
    );
    expect(code).toBe(1);
    expect(parseCliJson(stdout)).toMatchObject({ best: null, ambiguous: true });
  });

  it('takes the tensors that are named, and asks for y', async () => {
    const site = 'blocks.0.ln1';
    const file = `${broken}/case_03.safetensors`;
    const named = ['--x', `${site}.input`, '--weight', `${site}.weight`, '--bias', `${site}.bias`];
    const { stdout } = await cli.run('identify', file, ...named, '--y', `${site}.output`);
    expect(stdout).toMatch(/^y is rms_norm over the last axis/);
    const { code, stderr } = await cli.run('identify', file, ...named);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^normscope: The case has no output y to identify a norm from; name one\.$/m);
  });
});
