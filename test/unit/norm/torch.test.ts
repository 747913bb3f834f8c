import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { backward, splitGradient } from '../../../src/norm/backward';
import { forward } from '../../../src/norm/forward';
import { rowGeometry } from '../../../src/norm/geometry';
import { defaultSpec, type NormSpec } from '../../../src/norm/normSpec';
import { inRowOrder } from '../../../src/norm/rowOrder';
import { findPython } from '../findPython';
import { expectClose } from './expectClose';

const run = promisify(execFile);

interface OracleCase {
  readonly spec: NormSpec;
  readonly shape: number[];
  readonly x: number[];
  readonly weight: number[];
  readonly bias?: number[];
  readonly gradOutput: number[];
  readonly y: number[];
  readonly gradInput: number[];
  readonly gradWeight: number[];
  readonly gradBias?: number[];
}

it('agrees with PyTorch’s float64 autograd on random norms', { timeout: 120_000 }, async (context) => {
  const python = await findPython('torch');
  if (python === undefined) {
    context.skip('PyTorch is not installed, so there is no independent oracle to ask.');
    return;
  }
  const { stdout } = await run(python, ['test/unit/norm/torchOracle.py', '1', '200'], { maxBuffer: 1 << 28 });
  const cases: OracleCase[] = JSON.parse(stdout);
  expect(cases).toHaveLength(200);
  for (const { spec: stated, shape, x, weight, bias, gradOutput, ...expected } of cases) {
    const spec = { ...defaultSpec(stated.kind), ...stated };
    const affine = { weight: Float64Array.from(weight), bias: bias && Float64Array.from(bias) };
    const inputs = [spec, shape, Float64Array.from(x)] as const;
    const dy = Float64Array.from(gradOutput);
    expectClose(forward(...inputs, affine).y, expected.y, 1e-12);
    const { gradInput, gradWeight, gradBias } = backward(...inputs, dy, affine);
    const geometry = rowGeometry(spec, shape);
    const ordered = [inputs[2], dy].map((values) => inRowOrder(geometry, values));
    // Two values with eps 0, or x over its standard deviation far from zero, have a gradient that is a difference of large terms: these are the measure.
    const terms = Array.from({ length: geometry.rows }, (_, row) => {
      const { heldConstant, varianceCorrection } = splitGradient(spec, geometry, ordered[0], ordered[1], affine, row);
      return [...heldConstant, ...varianceCorrection];
    });
    const largest = Math.max(...terms.flat().map(Math.abs));
    gradInput.forEach((value, i) => {
      expect(Math.abs(value - expected.gradInput[i]), JSON.stringify(spec)).toBeLessThan(1e-12 * largest);
    });
    expectClose(gradWeight, expected.gradWeight, 1e-12);
    if (expected.gradBias) {
      expectClose(gradBias!, expected.gradBias, 1e-12);
    }
  }
});
