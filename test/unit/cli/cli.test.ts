import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import { builtCli, parseCliJson } from './runCli';

const norms = 'test/fixtures/norms';
const preln = 'test/fixtures/dumps/preln.safetensors';
const cli = builtCli();

/** The case that a fixture of layer_norm holds. */
const wholeCase = '--kind layer_norm --x x --weight weight --bias bias --grad-output dy'.split(' ');

async function tensorsOf(path: string): Promise<Map<string, number[]>> {
  const dump = await openDump(new MemorySource(await readFile(path)), path);
  const tensors = await Promise.all(dump.tensors.map((ref) => readTensor(ref)));
  return new Map(tensors.map(({ name, values }) => [name, Array.from(values as Float64Array)]));
}

/** Largest difference relative to the largest expected magnitude. */
function relativeError(found: number[], expected: number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, i) => Math.abs(found[i] - value))) / scale;
}

describe('normscope list', () => {
  it('lists the tensors of a dump with dtype, shape and bytes', async () => {
    const { code, stdout } = await cli.run('list', preln, '--json');
    const { format, metadata, tensors } = parseCliJson(stdout);
    expect(code).toBe(0);
    expect(format).toBe('safetensors');
    expect(JSON.parse(metadata.norms)['blocks.0.ln1']).toEqual({ op: 'layer_norm', eps: 1e-5 });
    expect(tensors).toHaveLength(113);
    expect(tensors).toContainEqual({ name: 'blocks.0.ln1.input', dtype: 'float32', shape: [2, 5, 128], bytes: 5120 });
  });

  it('prints a table for people', async () => {
    const { stdout } = await cli.run('list', `${norms}/layer_norm_basic.npz`);
    expect(stdout).toMatch(/^name +dtype +shape +bytes$/m);
    expect(stdout).toMatch(/^x +float64 +\(3, 8\) +192$/m);
  });
});

describe('normscope stats', () => {
  it('gives the statistics of each row over any axis', async () => {
    const { stdout } = await cli.run(
      'stats',
      `${norms}/layer_norm_basic.npz`,
      '--tensor',
      'x',
      '--rows',
      '--axes',
      '0',
      '--json',
    );
    const [x] = parseCliJson(stdout).tensors;
    const values = (await tensorsOf(`${norms}/layer_norm_basic.npz`)).get('x')!;
    expect(x.rows.count).toBe(8);
    expect(x.rows.mean[3]).toBeCloseTo((values[3] + values[11] + values[19]) / 3, 14);
    expect(Object.keys(x.rows)).toEqual([
      'count',
      'mean',
      'variance',
      'min',
      'max',
      'absMax',
      'rms',
      'l2',
      'skewness',
      'kurtosis',
      'nan',
      'posInf',
      'negInf',
      'zero',
    ]);
  });

  it('writes 64-bit integers beyond 2^53 as exact strings', async () => {
    const { stdout } = await cli.run('stats', 'test/fixtures/formats/npy/uint64.npy', '--json');
    expect(JSON.parse(stdout).tensors[0].max).toBe('18446744073709551615');
  });
});

describe('normscope stats --rows', () => {
  it('tells people of every row too', async () => {
    const { stdout } = await cli.run('stats', `${norms}/layer_norm_basic.npz`, '--tensor', 'x', '--rows');
    const [whole, rows] = stdout.split('\n\n');
    expect(whole).toMatch(/^x +float64 +\(3, 8\)/m);
    expect(rows.split('\n')[0]).toMatch(/^row of x +mean +variance ÷N +min +max +RMS +NaN +Inf$/);
    expect(rows.match(/^ *\d+ /gm)?.map(Number)).toEqual([0, 1, 2]);
  });
});

describe('normscope norm', () => {
  it('writes what PyTorch computes in float64, forward and backward', async () => {
    const out = join(cli.folder, 'out.npz');
    const file = `${norms}/layer_norm_multi.npz`;
    const { code, stdout, stderr } = await cli.run(
      'norm',
      file,
      ...wholeCase,
      '--normalized-shape',
      '4,8',
      '--eps',
      '1e-5',
      '--out',
      out,
      '--json',
    );
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(parseCliJson(stdout).spec).toMatchObject({
      kind: 'layer_norm',
      axes: [-2, -1],
      normalizedShape: [4, 8],
      eps: 1e-5,
      epsPlace: 'inside',
      divisor: 'n',
      weightOffset: 0,
    });
    expect(Object.keys(parseCliJson(stdout).outputs)).toEqual([
      'y',
      'gradInput',
      'gradWeight',
      'gradBias',
      'mean',
      'rstd',
    ]);
    const [truth, found] = await Promise.all([tensorsOf(file), tensorsOf(out)]);
    expect(relativeError(found.get('y')!, truth.get('y')!)).toBeLessThan(1e-12);
    expect(relativeError(found.get('grad_input')!, truth.get('dx')!)).toBeLessThan(1e-12);
    expect(relativeError(found.get('grad_weight')!, truth.get('dweight')!)).toBeLessThan(1e-12);
    expect(relativeError(found.get('grad_bias')!, truth.get('dbias')!)).toBeLessThan(1e-12);
  });

  it('takes the tensors that belong to x from the dump if only x is named', async () => {
    const { stdout } = await cli.run('norm', preln, '--x', 'blocks.2.ln1.input', '--json');
    const { kind, spec, tensors, outputs } = parseCliJson(stdout);
    expect([kind, spec.eps]).toEqual(['layer_norm', 1e-5]);
    expect(tensors).toMatchObject({ x: 'blocks.2.ln1.input', weight: 'blocks.2.ln1.weight' });
    expect(outputs.gradInput.shape).toEqual([2, 5, 128]);
    const told = await cli.run('norm', preln, '--x', 'blocks.2.ln1.input');
    expect(told.stdout).toMatch(
      /^LayerNorm of blocks\.2\.ln1\.input, ε 1e-5, weight blocks\.2\.ln1\.weight, bias blocks\.2\.ln1\.bias, grad-output /,
    );
  });

  it('names both lengths when γ does not fit', async () => {
    const file = `${norms}/layer_norm_basic.npz`;
    const { code, stderr } = await cli.run('norm', file, '--kind', 'layer_norm', '--x', 'x', '--weight', 'mean');
    expect(code).toBe(2);
    expect(stderr).toMatch(/^normscope: weight has shape \(3, 1\), .*\(3, 8\)/);
  });
});

describe('normscope gradcheck', () => {
  it('passes the gradients that PyTorch recorded in a trained transformer', async () => {
    const { code, stdout } = await cli.run('gradcheck', preln, '--x', 'blocks.0.ln1.input', '--json');
    const { passed, gradients } = parseCliJson(stdout);
    expect(passed).toBe(true);
    expect(code).toBe(0);
    expect(gradients.map(({ name, source }: { name: string; source: string }) => `${name} ${source}`)).toEqual(
      expect.arrayContaining(['gradInput analytic', 'gradWeight analytic', 'gradBias analytic', 'gradInput file']),
    );
    const { method, error } = gradients[0].sharp;
    expect(method).toBe('complex step');
    expect(error).toBeLessThan(1e-13);
  });

  it('answers "no" with exit code 1 to a dx that holds mean and variance constant', async () => {
    const file = `${norms}/layer_norm_basic.npz`;
    const told = await cli.run('gradcheck', file, ...wholeCase, '--grad-input', 'dx_naive');
    expect(told.stdout).toMatch(/gradInput +analytic .* passed, Taylor order 2\.00/);
    expect(told.stdout).toMatch(/gradInput +file .* FAILED: It is the gradient with mean and variance held constant\./);
    const { code, stdout } = await cli.run('gradcheck', file, ...wholeCase, '--grad-input', 'dx_naive', '--json');
    expect(code).toBe(1);
    const wrong = parseCliJson(stdout).gradients.find(({ source }: { source: string }) => source === 'file');
    expect(wrong).toMatchObject({ name: 'gradInput', passed: false });
    expect(wrong.explanation).toMatch(/constant/);
  });
});

describe('questions about the program itself', () => {
  it('tells its version', async () => {
    const { version } = JSON.parse(await readFile('package.json', 'utf8'));
    expect(await cli.run('--version')).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('lists the commands, and the options of one of them', async () => {
    const { code, stdout } = await cli.run('--help');
    expect([code, stdout]).toEqual([0, expect.stringMatching(/^usage: normscope COMMAND FILE…/)]);
    const ofStats = await cli.run('stats', '--help');
    expect(ofStats.code).toBe(0);
    expect(ofStats.stdout).toMatch(
      /^usage: normscope stats FILE .*\n\noptions:\n(.*\n)* {2}--axes AXES +that a row runs along, the last one without it$/m,
    );
  });
});

describe('bad usage', () => {
  it.each([
    [['frobnicate', preln], /There is no command "frobnicate"/],
    [['list'], /Name one file/],
    [['list', 'missing.npy'], /There is no such file or folder: missing\.npy/],
    [['list', 'LICENSE'], /LICENSE is none of the formats that are read\. Files of these kinds can be opened: \.npy, /],
    [['list', preln, '--colour'], /--colour/],
    [['stats', preln, '--tensor', 'nope'], /no tensor "nope"/],
    [['stats', preln, '--axes', '7'], /Axis 7 does not exist/],
    [['norm', preln], /--x/],
    [['norm', preln, '--x', 'blocks.0.ln1.input', '--eps', 'small'], /--eps takes a number/],
    [['norm', preln, '--x', 'blocks.0.ln1.input', '--kind', 'layernorm'], /--kind takes layer_norm or rms_norm/],
    [['norm', preln, '--x', 'blocks.0.ln1.input', '--normalized-shape', '64'], /\(64\).*\(2, 5, 128\)/],
  ])('%j: one line on stderr and exit code 2', async (args, message) => {
    const { code, stdout, stderr } = await cli.run(...args);
    expect(code).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^normscope: [^\n]+\n$/);
    expect(stderr).toMatch(message);
  });

  it('refuses a file that is no dump with its place', async () => {
    const path = join(cli.folder, 'cut.npy');
    const whole = await readFile('test/fixtures/formats/npy/float32.npy');
    await writeFile(path, whole.subarray(0, whole.length - 5));
    const { code, stderr } = await cli.run('stats', path);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^normscope: cut\.npy: npy: the header says .*; 43 follow \(byte \d+\)\. The file may be cut short/,
    );
  });
});
