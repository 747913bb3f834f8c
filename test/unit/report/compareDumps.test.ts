import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { compareDumps } from '../../../src/report/compareDumps';
import { openFixture } from '../norm/dumps';
import { randomTensor, tensor } from '../norm/tensors';
import { memoryDump } from '../../../src/formats/memoryDump';

const folder = 'dumps/compare';
const answers: any = JSON.parse(await readFile(`test/fixtures/${folder}/answers.json`, 'utf8'));

function portAgainstReference(port: string) {
  return Promise.all([openFixture(`${folder}/${port}`), openFixture(`${folder}/reference.safetensors`)]);
}

describe('compareDumps on a port of a recorded transformer', () => {
  it('finds the first tensor that a wrong eps reaches', async () => {
    const report = await compareDumps(...(await portAgainstReference('port_bug.safetensors')));
    expect(report).toMatchObject({ equal: false, orderGuessed: false, missing: [], extra: [] });
    expect(report.firstDivergence).toBe(answers.port_bug.first_diverging_tensor);
    expect(report.cause).toBe(
      'It equals the LayerNorm that the reference follows with ε 0.001 instead of 1e-5, on blocks.4.resid_mid.',
    );
    const equal = report.tensors.filter(({ status }) => status === 'equal').map(({ name }) => name);
    expect(equal).toEqual(answers.port_bug.bit_identical_before);
  });

  it('finds no fault in bfloat16, whose rounding grows with depth', async () => {
    const report = await compareDumps(...(await portAgainstReference('port_bf16.safetensors')));
    expect(report.equal).toBe(true);
    expect(report.firstDivergence).toBeUndefined();
    expect(report.tensors.map(({ status }) => status)).toContain('rounding');
  });

  it.each(['port_bug', 'port_bf16'])('measures every tensor of %s as the answer key does', async (port) => {
    const { tensors } = await compareDumps(...(await portAgainstReference(`${port}.safetensors`)));
    for (const { tensor: name, max_abs, rel_l2 } of answers[port].differences) {
      const difference = tensors.find((found) => found.name === name)?.difference;
      expect(difference?.maxAbs, name).toBeCloseTo(max_abs, 14);
      expect(difference?.relL2, name).toBeCloseTo(rel_l2, 14);
    }
    expect(tensors.map(({ name }) => name)).toEqual(answers.order_of_execution);
  });

  it('answers whether rounding is allowed by the tolerance that is given, and by nothing else', async () => {
    const dumps = await portAgainstReference('port_bf16.safetensors');
    const { equal, firstDivergence } = await compareDumps(...dumps, { tolerance: { rtol: 1e-3, atol: 1e-3 } });
    expect([equal, firstDivergence]).toEqual([false, 'blocks.0.ln1.output']);
    expect((await compareDumps(...dumps, { tolerance: { atol: 0.1 } })).equal).toBe(true);
  });
});

describe('compareDumps', () => {
  const x = randomTensor('model.x', [4, 8], 1);

  it('does not take one wrong number for rounding', async () => {
    const values = x.values.slice() as Float64Array;
    values[11] += 1e-6;
    const report = await compareDumps(memoryDump([{ ...x, values }]), memoryDump([x]));
    expect(report.tensors[0]).toMatchObject({ status: 'differs', worstIndex: [1, 3] });
    expect(report.tensors[0].difference).toMatchObject({ beyond: 1, equal: 31 });
  });

  it('matches by name, after the rename map, and says what has no partner', async () => {
    const port = memoryDump([{ ...x, name: 'net.x' }, tensor('head', [1], [1])]);
    const reference = memoryDump([x, tensor('model.y', [1], [1])]);
    const report = await compareDumps(port, reference, { renames: new Map([['net.', 'model.']]) });
    expect(report).toMatchObject({ equal: false, firstDivergence: undefined, missing: ['model.y'], extra: ['head'] });
    expect(report.tensors).toMatchObject([{ name: 'model.x', nameA: 'net.x', status: 'equal' }]);
    await expect(compareDumps(port, reference, { renames: new Map([['gone', 'x']]) })).rejects.toThrow(
      /no tensor "gone"/,
    );
  });

  it('compares the one tensor of each file whatever it is called', async () => {
    const report = await compareDumps(memoryDump([{ ...x, name: 'run_1' }]), memoryDump([x]), { renames: new Map() });
    expect(report).toMatchObject({ equal: true, tensors: [{ name: 'model.x', nameA: 'run_1' }] });
  });

  it('says so where shapes differ, or one is complex', async () => {
    const port = memoryDump([
      tensor('a', [2, 3], new Float64Array(6)),
      tensor('b', [1], new Float64Array(2), 'complex128'),
    ]);
    const reference = memoryDump([tensor('a', [3, 2], new Float64Array(6)), tensor('b', [1], [0])]);
    const { tensors, firstDivergence } = await compareDumps(port, reference);
    expect(tensors.map(({ status }) => status)).toEqual(['shape', 'kind']);
    expect(firstDivergence).toBe('a');
  });

  it('says of which simple change a difference is, and what renaming would match the rest', async () => {
    const transposed = tensor(
      'model.x',
      [8, 4],
      Float64Array.from({ length: 32 }, (_, i) => (x.values as Float64Array)[(i % 4) * 8 + Math.floor(i / 4)]),
    );
    const report = await compareDumps(memoryDump([transposed]), memoryDump([x]));
    expect(report).toMatchObject({ firstDivergence: 'model.x', cause: 'It is the reference transposed.' });
    const prefixed = await compareDumps(
      memoryDump([{ ...x, name: 'run/model.x' }, x]),
      memoryDump([{ ...x, name: 'q' }, x]),
    );
    expect(prefixed.rename).toBeUndefined();
    const alone = await compareDumps(
      memoryDump([
        { ...x, name: 'net.a.x' },
        { ...x, name: 'b' },
      ]),
      memoryDump([{ ...x, name: 'a.x' }]),
    );
    expect(alone.rename).toEqual(['net.', '']);
  });

  it('measures whole numbers in whole units', async () => {
    const ids = tensor('ids', [3], Int32Array.of(1, 2, 3), 'int32');
    const others = tensor('ids', [3], Int32Array.of(1, 2, 7), 'int32');
    const [{ status, difference }] = (await compareDumps(memoryDump([others]), memoryDump([ids]))).tensors;
    expect([status, difference?.maxUlp]).toEqual(['differs', 4]);
  });

  it('compares rows longer than what is read at a time', async () => {
    const long = tensor('long', [1, 2 ** 20 + 3], new Float64Array(2 ** 20 + 3).fill(1));
    const values = long.values.slice() as Float64Array;
    values[2 ** 20 + 1] = 2;
    const { tensors } = await compareDumps(memoryDump([{ ...long, values }]), memoryDump([long]));
    expect(tensors[0]).toMatchObject({ status: 'differs', worstIndex: [0, 2 ** 20 + 1] });
  });
});
