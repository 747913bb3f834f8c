import { describe, expect, it } from 'vitest';
import { builtCli, parseCliJson } from './runCli';

const broken = 'test/fixtures/dumps/broken';
const cli = builtCli();

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
    expect(explanation).toMatch(/^y is LayerNorm over the last axis with ε 1e-5 inside the root and divisor N − 1/);
  });

  it('answers no where no convention explains y', async () => {
    const site = 'blocks.3.ln1';
    const wrong = ['--x', `${site}.input`, '--y', `${site}.grad_input`, '--json'];
    const { code, stdout } = await cli.run('identify', `${broken}/case_05.safetensors`, ...wrong);
    expect(code).toBe(1);
    expect(parseCliJson(stdout)).toMatchObject({ best: null, ambiguous: true });
  });

  it('finds the axis that was averaged over by mistake', async () => {
    const { stdout } = await cli.run(
      'identify',
      `${broken}/case_05.safetensors`,
      '--x',
      'blocks.3.ln1.input',
      '--json',
    );
    const { best, ambiguous } = parseCliJson(stdout);
    expect(best.spec).toMatchObject({ kind: 'layer_norm', axes: [-2], eps: 1e-5 });
    expect(ambiguous).toBe(false);
  });

  it('takes the tensors that are named, and asks for y', async () => {
    const site = 'blocks.0.ln1';
    const file = `${broken}/case_03.safetensors`;
    const named = ['--x', `${site}.input`, '--weight', `${site}.weight`, '--bias', `${site}.bias`];
    const { stdout } = await cli.run('identify', file, ...named, '--y', `${site}.output`);
    expect(stdout).toMatch(/^y is RMSNorm over the last axis/);
    const { code, stderr } = await cli.run('identify', file, ...named);
    expect(code).toBe(2);
    expect(stderr).toMatch(/^normscope: The case has no output y to identify a norm from; name one\.$/m);
  });

  const backwards: [file: string, site: string, kind: string][] = [
    ['case_06', 'blocks.2.ln1', 'mean-only'],
    ['case_07', 'blocks.5.ln2', 'variance-only'],
    ['case_08', 'blocks.3.ln2', 'naive'],
    ['case_16', 'ln_f', 'full'],
  ];
  it.each(backwards)('says of %s, %s that its backward is %s', async (file, site, kind) => {
    const { code, stdout } = await cli.run(
      'identify',
      `${broken}/${file}.safetensors`,
      '--x',
      `${site}.input`,
      '--json',
    );
    const { backward, gradients } = parseCliJson(stdout);
    expect(code).toBe(0);
    expect(backward).toBe(kind);
    expect(gradients.gradInput).toMatchObject({ kind, ambiguous: false });
    expect(gradients.gradInput.candidates[0].relError).toBeLessThan(1e-6);
    expect(gradients.gradWeight).toMatchObject({ kind: 'full' });
    expect(gradients.gradBias).toMatchObject({ kind: 'full' });
  });

  it('looks at the gradients alone where no y is named', async () => {
    const site = 'blocks.4.ln2';
    const named = ['x', 'grad-output', 'weight', 'grad-weight'].flatMap((option) => [
      `--${option}`,
      `${site}.${option === 'x' ? 'input' : option.replace('-', '_')}`,
    ]);
    const { stdout } = await cli.run('identify', `${broken}/case_10.safetensors`, ...named);
    expect(stdout).toMatch(/dγ +wrong-axis +It is the sum of dy x̂ over the features instead of over the rows\./);
  });

  it('tells of bfloat16 in which format it was computed, and when it was cast', async () => {
    const { stdout } = await cli.run(
      'identify',
      'test/fixtures/dumps/rms_bf16.safetensors',
      '--x',
      'norm_f.input',
      '--json',
    );
    const { arithmetic } = parseCliJson(stdout);
    expect(arithmetic[0].bitEqual).toBeGreaterThan(0.99);
    expect(arithmetic.at(-1).bitEqual).toBeLessThan(arithmetic[0].bitEqual);
  });
});
