import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { builtCli, parseCliJson } from './runCli';

const folder = 'test/fixtures/dumps/compare';
const reference = `${folder}/reference.safetensors`;
const cli = builtCli();

describe('normscope compare', () => {
  it('answers no with the first divergence and numbers for every tensor', async () => {
    const { code, stdout } = await cli.run('compare', `${folder}/port_bug.safetensors`, reference, '--json');
    const { equal, firstDivergence, tensors, missing, extra } = parseCliJson(stdout);
    expect(code).toBe(1);
    expect({ equal, firstDivergence, missing, extra }).toEqual({
      equal: false,
      firstDivergence: 'blocks.4.ln2.output',
      missing: [],
      extra: [],
    });
    const found = tensors.find(({ name }: { name: string }) => name === firstDivergence);
    expect(found).toMatchObject({ status: 'differs', worstIndex: [0, expect.any(Number), expect.any(Number)] });
    expect(Math.abs(found.a - found.b)).toBe(found.maxAbs);
    expect(tensors[0]).toMatchObject({ status: 'equal', maxAbs: 0, maxRel: 0, relL2: 0, maxUlp: 0, cosine: 1 });
  });

  it('answers yes for a file and itself, and for rounding in bfloat16', async () => {
    expect((await cli.run('compare', reference, reference)).code).toBe(0);
    const { code, stdout } = await cli.run('compare', `${folder}/port_bf16.safetensors`, reference);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^Nothing differs by more than tolerance or rounding: 0 equal, 0 close, 39 off by rounding\.$/m,
    );
  });

  it('tells people where the first divergence is', async () => {
    const { stdout } = await cli.run('compare', `${folder}/port_bug.safetensors`, reference);
    expect(stdout).toMatch(
      /^First divergence: blocks\.4\.ln2\.output at \(0, \d+, \d+\) is \S+, in the reference \S+; it is off by/m,
    );
  });

  it('marks a tensor that differs in NaN alone, whose other numbers are equal', async () => {
    const [a, b] = ['a', 'b'].map((name) => join(cli.folder, `${name}.json`));
    await writeFile(a, '{"x": [1, 2, NaN]}');
    await writeFile(b, '{"x": [1, 2, 3]}');
    const { code, stdout } = await cli.run('compare', a, b);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^x +NAN\/INF +0 +0 +0 +0 +\(2\)$/m);
    expect(stdout).toMatch(
      /is NaN, in the reference 3; at 1 of 3 places one is NaN or infinite and the other something else\./,
    );
  });

  it('says what two files without a common name would need to match', async () => {
    const [a, b] = ['a.json', 'b.json'].map((name) => join(cli.folder, name));
    await writeFile(a, '{"model.ln.weight": [1.5, 2], "model.ln.bias": [0, 1]}');
    await writeFile(b, '{"ln.weight": [1.5, 2], "ln.bias": [0, 1]}');
    const { code, stdout } = await cli.run('compare', a, b);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^The files have no name of a tensor in common\.$/m);
    expect(stdout).toMatch(/^Most of these names would match with --rename model\.=$/m);
    expect((await cli.run('compare', a, b, '--rename', 'model.=')).code).toBe(0);
    expect((await cli.run('compare', b, a, '--rename', '=model.')).code).toBe(0);
  });

  it('refuses options that make no sense', async () => {
    const tolerance = await cli.run('compare', reference, reference, '--atol', '-1');
    expect([tolerance.code, tolerance.stderr]).toEqual([
      2,
      'normscope: --atol takes a number that is not negative, not "-1".\n',
    ]);
    expect((await cli.run('compare', reference)).stderr).toMatch(
      /^normscope: Name 2 files: normscope compare FILE REFERENCE/,
    );
    expect((await cli.run('compare', reference, reference, '--rename', 'a')).stderr).toMatch(
      /takes NAME=REFERENCE_NAME/,
    );
  });
});
