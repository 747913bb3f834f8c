import { dtypes, type DType } from '../tensor/dtype';

/** Names that stand for a number on their own. */
const constants = new Map([
  ['nan', NaN],
  ['NaN', NaN],
  // R's missing value.
  ['NA', NaN],
  ['inf', Infinity],
  ['Infinity', Infinity],
  ['Inf', Infinity],
  ['INF', Infinity],
  ['NAN', NaN],
  ['INFINITY', Infinity],
  ['.nan', NaN],
  ['.NaN', NaN],
  ['.NAN', NaN],
  ['.inf', Infinity],
  ['.Inf', Infinity],
  ['.INF', Infinity],
  ['true', 1],
  ['True', 1],
  ['false', 0],
  ['False', 0],
]);

/** Modules that numbers are written with, as in `np.nan`. */
const modules = new Set(
  ['np', 'numpy', 'jnp', 'jax.numpy', 'math', 'torch', 'Number', 'f32', 'f64', 'std::f32', 'std::f64'].concat(
    ['float', 'double'].map((type) => `std::numeric_limits<${type}>`),
  ),
);

/** Names that stand for a number in one of the modules; `True_` is how NumPy 2 prints its scalars. */
const moduleConstants = new Map([
  ['nan', NaN],
  ['NaN', NaN],
  ['inf', Infinity],
  ['Inf', Infinity],
  ['NAN', NaN],
  ['INFINITY', Infinity],
  ['NEG_INFINITY', -Infinity],
  ['POSITIVE_INFINITY', Infinity],
  ['NEGATIVE_INFINITY', -Infinity],
  ['infinity()', Infinity],
  ['quiet_NaN()', NaN],
  ['True_', 1],
  ['False_', 0],
]);

/** Types that convert one number, as in `float('nan')` and in how NumPy 2 prints its scalars: `np.float32(1.5)`. */
const scalarTypes =
  /^(?:float|int|bool|(?:np|numpy|jnp|jax\.numpy)\.(?:b?float\d+|u?int\d+|half|single|double|bool_?))$/;

/** The number that a name such as `nan` or `np.inf` stands for; undefined if for none. */
export function numberNamed(name: string): number | undefined {
  const [, module, constant] = /^(.+)(?:\.|::)(.+)$/.exec(name) ?? [];
  return modules.has(module) ? moduleConstants.get(constant) : constants.get(name);
}

/** The element type that a numeral's suffix tells, such as `f`, `d`, `_f32` or `u8`; undefined where it depends on the machine. */
export function numeralType(suffix: string): DType | undefined {
  if (/^[fF]$/.test(suffix)) {
    return 'float32';
  }
  if (/^[dD]$/.test(suffix)) {
    return 'float64';
  }
  const [, kind, bits] = /([fiu])(8|16|32|64)$/.exec(suffix) ?? [];
  const named = `${{ f: 'float', i: 'int', u: 'uint' }[kind]}${bits}`;
  return named in dtypes ? (named as DType) : undefined;
}

/** Whether a name such as `float` or `np.float32` is that of a type called to convert one number. */
export function isScalarType(name: string): boolean {
  return scalarTypes.test(name);
}
