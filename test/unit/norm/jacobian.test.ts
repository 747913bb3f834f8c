import { describe, expect, it } from 'vitest';
import { forward } from '../../../src/norm/forward';
import {
  applyJacobian,
  applyTransposed,
  closedSingularValues,
  singularValues,
  spectralNorm,
  type RowJacobian,
} from '../../../src/norm/jacobian';
import { defaultSpec, type NormKind } from '../../../src/norm/normSpec';
import { Random } from '../../../src/norm/random';

const cols = 16;
const eps = 1e-3;

function jacobianOf(kind: NormKind, x: Float64Array, weight?: Float64Array): RowJacobian {
  const { normalized, rstd } = forward({ ...defaultSpec(kind), eps }, [cols], x, {});
  return {
    normalized,
    rstd: rstd[0],
    scale: weight ?? new Float64Array(cols).fill(1),
    centred: kind === 'layer_norm',
  };
}

describe.each(['layer_norm', 'rms_norm'] as const)('the Jacobian of %s', (kind) => {
  const random = new Random(11);
  const x = random.normals(cols).map((value) => 2 * value + 1);
  const weight = random.normals(cols);

  it('maps a direction to the difference of the outputs along it', () => {
    const v = random.normals(cols);
    const h = 1e-6;
    const spec = { ...defaultSpec(kind), eps };
    const ahead = forward(
      spec,
      [cols],
      x.map((value, c) => value + h * v[c]),
      { weight },
    ).y;
    const behind = forward(
      spec,
      [cols],
      x.map((value, c) => value - h * v[c]),
      { weight },
    ).y;
    applyJacobian(jacobianOf(kind, x, weight), v).forEach((value, c) =>
      expect(value).toBeCloseTo((ahead[c] - behind[c]) / (2 * h), 7),
    );
  });

  it('and its transpose are adjoint', () => {
    const [v, w] = [random.normals(cols), random.normals(cols)];
    const jacobian = jacobianOf(kind, x, weight);
    const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, c) => sum + value * b[c], 0);
    expect(dot(w, applyJacobian(jacobian, v))).toBeCloseTo(dot(applyTransposed(jacobian, w), v), 10);
  });

  it('has the singular values of the closed form where γ is 1', () => {
    const jacobian = jacobianOf(kind, x);
    const closed = closedSingularValues(cols, jacobian.rstd, eps, jacobian.centred);
    singularValues(jacobian).forEach((value, i) => expect(value).toBeCloseTo(closed[i], 7));
    expect(spectralNorm(jacobian)).toBeCloseTo(closed[0], 9);
  });

  it('has a spectral norm of at most rstd · max |γ|', () => {
    const jacobian = jacobianOf(kind, x, weight);
    const measured = spectralNorm(jacobian);
    expect(measured).toBeCloseTo(singularValues(jacobian)[0], 6);
    expect(measured).toBeLessThanOrEqual(jacobian.rstd * Math.max(...weight.map(Math.abs)));
  });
});

it('of a LayerNorm of one number is zero', () => {
  expect([...closedSingularValues(1, 1, eps, true)]).toEqual([0]);
});
