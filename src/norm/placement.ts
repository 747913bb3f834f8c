/** Where the norms of a block stand; N a norm, f a branch, x the residual stream. */
export type Placement =
  /** x + f(N(x)) */
  | 'pre'
  /** N(x + f(x)) */
  | 'post'
  /** x + N(f(N(x))), as Gemma 2 */
  | 'sandwich'
  /** x + N(f(x)), as OLMo 2 */
  | 'output'
  /** x + attention(N(x)) + mlp(N(x)), as GPT-J */
  | 'parallel';

/** The tensors of one block, all of the shape of the stream. */
export interface BlockTensors {
  /** The stream before the block and after it. */
  readonly before: Float64Array;
  readonly after: Float64Array;
  /** The norms of the block, as far as they are recorded. */
  readonly norms: readonly { readonly input?: Float64Array; readonly output?: Float64Array }[];
  /** Outputs of the branches themselves: attention and feed-forward. */
  readonly branches: readonly Float64Array[];
}

/** Tensors agree up to this share of their norm: bfloat16 sums are good to some 1e-2, other tensors are off by more. */
const sameTensor = 0.03;

/**
 * Tells from the numbers of one block where its norms stand.
 *
 * @returns undefined where the block has no norm, or what is recorded does not tell
 */
export function placementOf({ before, after, norms, branches }: BlockTensors): Placement | undefined {
  if (norms.length === 0) {
    return undefined;
  }
  if (norms.some(({ output }) => output && isSame(output, after))) {
    return 'post';
  }
  const readers = norms.filter(({ input }) => input && isSame(input, before));
  const step = difference(after, before);
  const others = norms.filter((norm) => !readers.includes(norm));
  if (isStep(step, outputsOf(others))) {
    return readers.length > 0 ? 'sandwich' : 'output';
  }
  if (isSandwich(step, norms)) {
    return 'sandwich';
  }
  const isParallel = readers.length === norms.length && (readers.length > 1 || branches.length > 1);
  if (isParallel && isStep(step, branches)) {
    return 'parallel';
  }
  return readers.length > 0 || isStep(step, branches) ? 'pre' : undefined;
}

/** True if the block adds the outputs of every other norm: N1, N2 around attention, N3, N4 around the feed-forward. */
function isSandwich(step: Float64Array, norms: BlockTensors['norms']): boolean {
  return norms.length === 4 && isStep(step, outputsOf([norms[1], norms[3]]));
}

function outputsOf(norms: BlockTensors['norms']): Float64Array[] {
  return norms.flatMap(({ output }) => output ?? []);
}

/** True if `parts`, of which there must be some, add up to the step. */
function isStep(step: Float64Array, parts: readonly Float64Array[]): boolean {
  return (
    parts.length > 0 &&
    isSame(
      parts.reduce((sum, part) => sum.map((value, i) => value + part[i])),
      step,
    )
  );
}

/** a − b, element by element. */
export function difference(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]);
}

/** True if `a` is `b` up to what rounding in a half-precision network leaves of it. */
export function isSame(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) {
    return false;
  }
  let error = 0;
  let total = 0;
  for (let i = 0; i < b.length; i++) {
    error += (a[i] - b[i]) ** 2;
    total += b[i] ** 2;
  }
  return error <= sameTensor ** 2 * total;
}
