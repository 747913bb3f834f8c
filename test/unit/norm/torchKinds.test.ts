import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { beforeAll, expect, it } from 'vitest';
import { backward } from '../../../src/norm/backward';
import { forward } from '../../../src/norm/forward';
import { checkGradients } from '../../../src/norm/gradientCheck';
import { rowGeometry } from '../../../src/norm/geometry';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { findPython } from '../findPython';
import { expectClose } from './expectClose';
import { tensor } from './tensors';

const run = promisify(execFile);

interface OracleCase {
  readonly spec: NormSpec;
  readonly shape: number[];
  readonly x: number[];
  readonly gradOutput: number[];
  readonly parameters: Record<string, number[]>;
  readonly results: Record<'y' | 'gradInput' | 'gradWeight' | 'gradBias' | 'gradAlpha', number[] | undefined>;
}

/** Undefined where PyTorch is not installed. */
let cases: readonly OracleCase[] | undefined;
beforeAll(async () => {
  const python = await findPython('torch');
  if (python === undefined) {
    return;
  }
  const { stdout } = await run(python, ['test/unit/norm/torchKinds.py', '1', '120'], { maxBuffer: 1 << 28 });
  cases = JSON.parse(stdout);
}, 120_000);

it('agrees with PyTorch’s float64 autograd in every kind', { timeout: 120_000 }, (context) => {
  if (cases === undefined) {
    context.skip('PyTorch is not installed, so there is no independent oracle to ask.');
    return;
  }
  expect(cases).toHaveLength(120);
  for (const { spec: stated, shape, x, gradOutput, parameters, results } of cases) {
    const spec = { ...defaultSpec(stated.kind), ...stated };
    const arrays = Object.fromEntries(
      Object.entries(parameters).map(([name, values]) => [name, Float64Array.from(values)]),
    );
    const { y } = forward(spec, shape, Float64Array.from(x), arrays);
    expectClose(y, results.y!, 1e-12);
    const gradients = backward(spec, shape, Float64Array.from(x), Float64Array.from(gradOutput), arrays);
    for (const name of ['gradInput', 'gradWeight', 'gradBias', 'gradAlpha'] as const) {
      if (results[name]) {
        expectClose(gradients[name]!, results[name], 1e-10);
      }
    }
  }
});

it('the gradient check passes them, and fails one that is off by a thousandth', { timeout: 120_000 }, (context) => {
  if (cases === undefined) {
    context.skip('PyTorch is not installed, so there is no independent oracle to ask.');
    return;
  }
  for (const { spec: stated, shape, x, gradOutput, parameters, results } of cases.slice(0, 24)) {
    const spec = { ...defaultSpec(stated.kind), ...stated };
    const features = rowGeometry(spec, shape).affineShape;
    const given = Object.entries(parameters).map(([name, values]) => [
      name,
      tensor(name, name === 'alpha' ? [] : features, values),
    ]);
    const normCase: NormCase = {
      spec,
      x: tensor('x', shape, x),
      gradOutput: tensor('dy', shape, gradOutput),
      gradInput: tensor('dx', shape, results.gradInput!),
      gradWeight: tensor('dweight', features, results.gradWeight!),
      gradAlpha: results.gradAlpha && tensor('dalpha', [], results.gradAlpha),
      ...Object.fromEntries(given),
    };
    expect(checkGradients(normCase).gradients.filter(({ passed }) => !passed)).toEqual([]);
    const largest = results.gradInput!.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    const worst = results.gradInput!.findIndex((value) => Math.abs(value) === largest);
    const wrong = results.gradInput!.with(worst, results.gradInput![worst] * 1.001);
    const { passed, gradients } = checkGradients({ ...normCase, gradInput: tensor('dx', shape, wrong) });
    expect(passed).toBe(false);
    expect(gradients.find(({ name, source }) => name === 'gradInput' && source === 'file')).toMatchObject({
      passed: false,
    });
    if (results.gradAlpha) {
      const gradAlpha = tensor('dalpha', [], [results.gradAlpha[0] * 1.001]);
      const ofAlpha = checkGradients({ ...normCase, gradAlpha }).gradients.filter(({ name }) => name === 'gradAlpha');
      expect(ofAlpha.map(({ source, passed: ok }) => [source, ok])).toEqual([
        ['analytic', true],
        ['file', false],
      ]);
    }
  }
});
