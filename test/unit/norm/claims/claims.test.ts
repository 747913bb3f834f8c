import { describe, expect, it } from 'vitest';
import type { Claim } from '../../../../src/norm/claims/claim';
import { claims } from '../../../../src/norm/claims/claims';
import { forward } from '../../../../src/norm/forward';
import { rowGeometry } from '../../../../src/norm/geometry';
import { defaultSpec, type NormSpec } from '../../../../src/norm/normSpec';
import { Random } from '../../../../src/norm/random';

interface Data {
  readonly rows?: number;
  readonly cols?: number;
  readonly mean?: number;
  /** Of each row. */
  readonly std?: (row: number) => number;
  readonly spec?: Partial<NormSpec>;
  /** dy, from x̂. */
  readonly gradOutput?: (normalized: number, row: number, random: Random) => number;
}

/** The claims on normal numbers, by their statements. */
function claimsOn({ rows = 12, cols = 64, mean = 0, std = () => 1, spec, gradOutput }: Data): (about: RegExp) => Claim {
  const random = new Random(4);
  const convention = { ...defaultSpec('layer_norm'), ...spec };
  const x = Float64Array.from({ length: rows * cols }, (_, i) => mean + std(Math.floor(i / cols)) * random.normal());
  const result = forward(convention, [rows, cols], x, {});
  const found = claims({
    spec: convention,
    geometry: rowGeometry(convention, [rows, cols]),
    x,
    parameters: {},
    forward: result,
    gradOutput: result.normalized.map(
      (value, i) => gradOutput?.(value, Math.floor(i / cols), random) ?? random.normal(),
    ),
    rows: Array.from({ length: rows }, (_, row) => row),
  });
  return (about) => found.find(({ statement }) => about.test(statement))!;
}

/** Deviations from 1e-4 to 10, ever larger. */
const growing = (row: number) => 10 ** (-4 + (5 * row) / 11);

describe('claims', () => {
  it('the squared length of x̂ is d where ε is small beside the variance alone', () => {
    expect(claimsOn({})(/squared length/).verdict).toBe('holds');
    const { verdict, says } = claimsOn({ std: growing })(/squared length/);
    expect(verdict).toBe('contradicted');
    // v is near 1e-8, so that v / (v + 1e-5) is near 1e-3.
    expect(says).toMatch(/down to 0\.00(0[89]|1).* d, in row 0/);
  });

  it('γ and β undo the norm of rows that share μ and σ, and of no others', () => {
    const rows = 12;
    const cols = 4;
    const permuted = Float64Array.from({ length: rows * cols }, (_, i) => [3, 5, 9, 1][(i + Math.floor(i / cols)) % 4]);
    const spec = defaultSpec('layer_norm');
    const shared = claims({
      spec,
      geometry: rowGeometry(spec, [rows, cols]),
      x: permuted,
      parameters: {},
      forward: forward(spec, [rows, cols], permuted, {}),
      gradOutput: new Random(1).normals(rows * cols),
      rows: Array.from({ length: rows }, (_, row) => row),
    }).find(({ statement }) => statement.includes('undo'))!;
    expect(shared.verdict).toBe('holds');
    expect(claimsOn({ std: growing })(/undo/).verdict).toBe('contradicted');
    expect(claimsOn({ rows: 2 })(/undo/).verdict).toBe('does not apply');
  });

  it('features of x̂ are not standardized by themselves', () => {
    expect(claimsOn({ rows: 2000, cols: 16 })(/mean of a feature/).verdict).toBe('holds');
    expect(claimsOn({ rows: 9 })(/mean of a feature/).verdict).toBe('contradicted');
    expect(claimsOn({ rows: 4 })(/mean of a feature/).verdict).toBe('does not apply');
  });

  it('the output does not explode without ε, but the gradient grows', () => {
    const { verdict, says } = claimsOn({ std: () => 1e-5 })(/explodes/);
    expect(verdict).toBe('contradicted');
    expect(says).toMatch(/has 1 for ε = 0 and 0\.002\d* as it is; what grows is the gradient, by 1\d{5}\./);
    expect(claimsOn({})(/explodes/).verdict).toBe('does not apply');
  });

  it('ε, not float32, is why the mean square of x̂ is not 1', () => {
    expect(claimsOn({})(/float32/).verdict).toBe('contradicted');
    expect(claimsOn({ spec: { eps: 0 } })(/float32/).verdict).toBe('holds');
  });

  it('the Jacobian is of size √d / ‖x‖ where the mean is small, and of size d / ‖x‖ where m is near √d', () => {
    const centred = claimsOn({});
    expect(centred(/√d \/ ‖x‖/).verdict).toBe('holds');
    expect(centred(/ d \/ ‖x‖/).verdict).toBe('contradicted');
    const shifted = claimsOn({ mean: 8 });
    expect(shifted(/√d \/ ‖x‖/).verdict).toBe('contradicted');
    expect(shifted(/ d \/ ‖x‖/).verdict).toBe('holds');
    expect(claimsOn({ cols: 8 })(/ d \/ ‖x‖/).verdict).toBe('does not apply');
  });

  it('holding μ and σ constant leads downhill, where there is a gradient', () => {
    expect(claimsOn({})(/downhill/).verdict).toBe('contradicted');
    expect(claimsOn({ gradOutput: () => 1 })(/downhill/).verdict).toBe('does not apply');
  });

  it('what it gets wrong does not depend on σ, unless dy does', () => {
    const eps = { eps: 0 };
    expect(claimsOn({ std: growing, spec: eps })(/smaller σ/).verdict).toBe('contradicted');
    const alongX = (normalized: number, row: number, random: Random) =>
      row < 6 ? normalized : random.normal() - 0.1 * normalized;
    expect(claimsOn({ std: growing, spec: eps, gradOutput: alongX })(/smaller σ/).verdict).toBe('holds');
    expect(claimsOn({})(/smaller σ/).verdict).toBe('does not apply');
  });
});
