import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeNpy } from '../../../src/formats/writeNpy';
import { builtCli, parseCliJson } from './runCli';

const broken = 'test/fixtures/dumps/broken';
const cli = builtCli();
const complex = { dtype: 'complex64', shape: [2] } as const;

describe('normscope diagnose', () => {
  it('answers no where there is an error, with code, tensor and place', async () => {
    const { code, stdout } = await cli.run('diagnose', `${broken}/case_09.safetensors`, '--json');
    expect(code).toBe(1);
    expect(parseCliJson(stdout).findings).toEqual([
      {
        severity: 'error',
        code: 'half-statistics',
        tensor: 'blocks.1.ln2.output',
        where: { rows: expect.arrayContaining([[0, 0]]) },
        message: expect.stringMatching(/^In 5 of 10 rows of blocks\.1\.ln2\.output nothing but the bias is left/),
        advice: 'Take mean and variance in float32.',
      },
    ]);
  });

  it('answers yes for a healthy dump, for warnings, and for errors that are ignored', async () => {
    const healthy = await cli.run('diagnose', `${broken}/case_16.safetensors`);
    expect([healthy.code, healthy.stdout]).toEqual([0, 'Nothing stands out in 24 tensors and 3 norms.\n']);
    const warned = await cli.run('diagnose', `${broken}/case_12.safetensors`);
    expect(warned.code).toBe(0);
    expect(warned.stdout).toMatch(/^warning massive-activation: blocks\.1\.mlp\.output reaches 2500 at feature 40/);
    expect(warned.stdout).toMatch(/\n0 errors, 1 warning, 1 info in 38 tensors and 0 norms\.\n/);
    const codes = ['--ignore', 'nan-origin', '--ignore', 'dead-feature'];
    expect((await cli.run('diagnose', `${broken}/case_11.safetensors`, ...codes)).code).toBe(0);
  });

  it('reads the parts of complex tensors', async () => {
    const path = join(cli.folder, 'wave.npy');
    await writeFile(path, writeNpy({ name: 'wave', ...complex, values: Float32Array.of(1, 2, 3, NaN) }));
    const { code, stdout } = await cli.run('diagnose', path);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^error nan-origin: wave\.imag holds 1 NaN, the first at \(1\)/);
  });

  it('refuses a code that there is not', async () => {
    const { code, stderr } = await cli.run('diagnose', `${broken}/case_16.safetensors`, '--ignore', 'noise');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^normscope: --ignore takes codes of findings, not "noise"; there are nan-origin, /);
  });
});
