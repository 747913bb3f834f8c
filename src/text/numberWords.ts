/** Names that stand for a number on their own. */
const constants = new Map([
  ['nan', NaN],
  ['NaN', NaN],
  ['inf', Infinity],
  ['Infinity', Infinity],
  ['true', 1],
  ['True', 1],
  ['false', 0],
  ['False', 0],
]);

/** Modules that numbers are written with, as in `np.nan`. */
const modules = new Set(['np', 'numpy', 'jnp', 'jax.numpy', 'math', 'torch']);

/** Names that stand for a number in one of the modules; `True_` is how NumPy 2 prints its scalars. */
const moduleConstants = new Map([
  ['nan', NaN],
  ['NaN', NaN],
  ['inf', Infinity],
  ['Inf', Infinity],
  ['True_', 1],
  ['False_', 0],
]);

/** Types that convert one number, as in `float('nan')` and in how NumPy 2 prints its scalars: `np.float32(1.5)`. */
const scalarTypes =
  /^(?:float|int|bool|(?:np|numpy|jnp|jax\.numpy)\.(?:b?float\d+|u?int\d+|half|single|double|bool_?))$/;

/** The number that a name such as `nan` or `np.inf` stands for; undefined if for none. */
export function numberNamed(name: string): number | undefined {
  const dot = name.lastIndexOf('.');
  if (dot < 0) {
    return constants.get(name);
  }
  return modules.has(name.slice(0, dot)) ? moduleConstants.get(name.slice(dot + 1)) : undefined;
}

/** Whether a name such as `float` or `np.float32` is that of a type called to convert one number. */
export function isScalarType(name: string): boolean {
  return scalarTypes.test(name);
}
