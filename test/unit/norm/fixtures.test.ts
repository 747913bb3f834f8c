import { describe, expect, it } from 'vitest';
import { backward, splitGradient } from '../../../src/norm/backward';
import { forward } from '../../../src/norm/forward';
import { rowGeometry } from '../../../src/norm/geometry';
import { defaultSpec, isCentred } from '../../../src/norm/normSpec';
import { inCOrder, inRowOrder } from '../../../src/norm/rowOrder';
import { runningStatistics } from '../../../src/norm/runningStatistics';
import { expectClose } from './expectClose';
import { edgeCases, loadNormFixture, plainCases, type NormFixture } from './normFixtures';

const tolerance = 1e-12;

describe.each(plainCases)('%s agrees with float64 autograd', (name) => {
  it('forward', async () => {
    const fixture = await loadNormFixture(name);
    const { y, mean, variance } = forward(fixture.spec, fixture.shape, fixture.array('x'), fixture.parameters);
    expectClose(y, fixture.array('y'), tolerance);
    if (isCentred(fixture.spec.kind)) {
      expectClose(mean, fixture.array('mean'), tolerance);
      expectClose(variance, fixture.array('var'), tolerance);
    } else {
      expectClose(variance, fixture.array(fixture.spec.kind === 'l2_norm' ? 'sumsq' : 'mean_square'), tolerance);
    }
  });

  it('backward', async () => {
    const fixture = await loadNormFixture(name);
    const { gradInput, gradWeight, gradBias } = backward(
      fixture.spec,
      fixture.shape,
      fixture.array('x'),
      fixture.array('dy'),
      fixture.parameters,
    );
    expectClose(gradInput, fixture.array('dx'), tolerance);
    if (fixture.parameters.weight) {
      expectClose(gradWeight, fixture.array('dweight'), tolerance);
    }
    if (fixture.parameters.bias) {
      expectClose(gradBias!, fixture.array('dbias'), tolerance);
    }
  });

  it('the wrong backwards as sums of its parts', async () => {
    const fixture = await loadNormFixture(name);
    if (fixture.has('dx_naive')) {
      expectClose(sumOfParts(fixture, []), fixture.array('dx_naive'), tolerance);
    }
    if (fixture.has('dx_mean_only')) {
      expectClose(sumOfParts(fixture, ['meanCorrection']), fixture.array('dx_mean_only'), tolerance);
      expectClose(sumOfParts(fixture, ['varianceCorrection']), fixture.array('dx_var_only'), tolerance);
    }
    expectClose(sumOfParts(fixture, ['meanCorrection', 'varianceCorrection']), fixture.array('dx'), tolerance);
  });
});

describe.each(edgeCases)('%s agrees with 50-digit arithmetic in every row', (name) => {
  it('forward', async () => {
    const fixture = await loadNormFixture(name);
    const { y } = forward(fixture.spec, fixture.shape, fixture.array('x'), fixture.parameters);
    expectRowsClose(fixture, y, fixture.array('y_hp'));
  });

  it('backward', async () => {
    const fixture = await loadNormFixture(name);
    const { gradInput } = backward(
      fixture.spec,
      fixture.shape,
      fixture.array('x'),
      fixture.array('dy'),
      fixture.parameters,
    );
    expectRowsClose(fixture, gradInput, fixture.array('dx_hp'));
  });

  it('sums over the finite rows', async () => {
    const fixture = await loadNormFixture(name);
    const { cols } = rowGeometry(fixture.spec, fixture.shape);
    const x = fixture.array('x');
    const dy = fixture.array('dy');
    const rows = fixture.rows!.map(({ row }) => row);
    const finite = rows.filter((row) => x.subarray(row * cols, (row + 1) * cols).every(Number.isFinite));
    const take = (values: Float64Array) =>
      Float64Array.from(finite.flatMap((row) => Array.from(values.subarray(row * cols, (row + 1) * cols))));
    const sums = backward(fixture.spec, [finite.length, cols], take(x), take(dy), fixture.parameters);
    expectClose(sums.gradWeight, fixture.array('dweight_hp'), tolerance);
    if (fixture.parameters.bias) {
      expectClose(sums.gradBias!, fixture.array('dbias_hp'), tolerance);
    }
  });

  it('NaN and Inf spoil the sums as in PyTorch', async () => {
    const fixture = await loadNormFixture(name);
    const sums = backward(fixture.spec, fixture.shape, fixture.array('x'), fixture.array('dy'), fixture.parameters);
    expectClose(sums.gradWeight, fixture.array('dweight'), tolerance);
    if (fixture.parameters.bias) {
      expectClose(sums.gradBias!, fixture.array('dbias'), tolerance);
    }
  });
});

it.each(plainCases.filter((name) => name.startsWith('batch_norm')))(
  '%s updates its running statistics',
  async (name) => {
    const { spec, shape, parameters, array, has } = await loadNormFixture(name);
    const running = runningStatistics(
      spec,
      rowGeometry(spec, shape),
      forward(spec, shape, array('x'), parameters),
      parameters,
    );
    if (has('running_mean')) {
      expectClose(running!.mean, array('running_mean'), tolerance);
      expectClose(running!.variance, array('running_var'), tolerance);
    } else {
      expect(running).toBeUndefined();
    }
  },
);

it('refuses a batch of one value per channel, as PyTorch does', () => {
  const spec = { ...defaultSpec('batch_norm'), training: true };
  expect(() => forward(spec, [1, 4], new Float64Array(4), {})).toThrow('x has one value per channel');
});

type Correction = 'meanCorrection' | 'varianceCorrection';

function sumOfParts(fixture: NormFixture, corrections: readonly Correction[]): Float64Array {
  const { spec, shape, parameters } = fixture;
  const geometry = rowGeometry(spec, shape);
  const { rows, cols } = geometry;
  const [x, dy] = ['x', 'dy'].map((name) => inRowOrder(geometry, fixture.array(name)));
  const sum = new Float64Array(rows * cols);
  for (let row = 0; row < rows; row++) {
    const parts = splitGradient(spec, geometry, x, dy, parameters, row);
    parts.heldConstant.forEach((value, c) => {
      sum[row * cols + c] = corrections.reduce((total, part) => total + parts[part][c], value);
    });
  }
  return inCOrder(geometry, sum);
}

/** Each row against its own largest magnitude, so that a row of huge gradients does not excuse the others. */
function expectRowsClose(fixture: NormFixture, found: Float64Array, expected: Float64Array): void {
  const { cols } = rowGeometry(fixture.spec, fixture.shape);
  for (const { row } of fixture.rows!) {
    const range = [row * cols, (row + 1) * cols] as const;
    expectClose(found.subarray(...range), expected.subarray(...range), tolerance);
  }
}
