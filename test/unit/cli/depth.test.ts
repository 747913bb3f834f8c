import { describe, expect, it } from 'vitest';
import { builtCli, parseCliJson } from './runCli';

const cli = builtCli();

describe('normscope depth', () => {
  it('tells people and programs how a network behaves with depth', async () => {
    const file = 'test/fixtures/dumps/postln.safetensors';
    const { code, stdout } = await cli.run('depth', file);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^blocks\.5\.resid_post +\S+ +\S+ +\S+ +\S+ +0 +0$/m);
    expect(stdout).toMatch(/^Its norms stand after the sum: N\(x \+ f\(x\)\)\.$/m);
    const json = parseCliJson((await cli.run('depth', file, '--json')).stdout);
    expect(json).toMatchObject({ placement: 'post', stream: 'blocks.*.resid_post', spread: [] });
  });

  it('lists where NaN spreads to', async () => {
    const { stdout } = await cli.run('depth', 'test/fixtures/dumps/broken/case_11.safetensors');
    expect(stdout).toMatch(/^blocks\.3\.attn\.output: 1 NaN, 0 Inf, 0\.0651 % of it$/m);
  });

  it('says so where there are no layers', async () => {
    const { stdout } = await cli.run('depth', 'test/fixtures/norms/layer_norm_basic.npz');
    expect(stdout).toBe('No two tensors have names that differ in the number of a layer alone.\n');
  });
});
