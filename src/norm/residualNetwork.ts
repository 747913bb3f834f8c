import { backwardRows } from './backward';
import { forwardRows } from './forward';
import { rowGeometry } from './geometry';
import { defaultSpec } from './normSpec';
import type { Random } from './random';

/** A random transformer at initialization, as the simulation builds it. */
export interface SimulatedNetwork {
  readonly blocks: number;
  /** Width of the residual stream. */
  readonly width: number;
  readonly tokens: number;
  /** Where layer_norm stands: x + f(N(x)), N(x + f(x)), or nowhere. Pre has one more N at the end. */
  readonly placement: 'pre' | 'post' | 'none';
  /** Xavier normal; the same with the last matrix of every branch divided by √(2 · blocks) (GPT-2); or zero last matrices. */
  readonly init: 'xavier' | 'scaled' | 'zero';
  readonly seed: number;
}

/** The hidden layer of a feed-forward branch, in widths. */
const expansion = 4;

/**
 * A random transformer of which only the residual stream is of interest.
 *
 * A block has two branches: attention, whose scores at initialization are so near zero that it averages all tokens
 * (Xiong et al. 2020, 2002.04745, section 3), x → mean over tokens of x · V · O; and feed-forward, x → relu(x · W1) · W2.
 * Everything is in float64, (tokens, width).
 */
export class ResidualNetwork {
  private readonly branches: readonly Branch[];
  private readonly norm: Branch;

  constructor(
    private readonly network: SimulatedNetwork,
    random: Random,
  ) {
    const { blocks, tokens, width } = network;
    this.branches = Array.from({ length: 2 * blocks }, (_, i) => randomBranch(network, i % 2 === 0, random));
    this.norm = layerNorm(tokens, width);
  }

  /** The stream before the first branch and after every one, (2 · blocks + 1,), and what leaves the network. */
  forward(x: Float64Array): { readonly streams: readonly Float64Array[]; readonly output: Float64Array } {
    const streams = [x];
    for (const branch of this.branches) {
      const sum = this.summed(branch, streams.at(-1)!);
      streams.push(this.network.placement === 'post' ? this.norm.forward(sum) : sum);
    }
    const last = streams.at(-1)!;
    return { streams, output: this.network.placement === 'pre' ? this.norm.forward(last) : last };
  }

  /** Gradients of ⟨gradOutput, output⟩ at the same places as `streams`. */
  backward(streams: readonly Float64Array[], gradOutput: Float64Array): Float64Array[] {
    const { placement } = this.network;
    const gradients = [placement === 'pre' ? this.norm.backward(streams.at(-1)!, gradOutput) : gradOutput];
    for (let i = this.branches.length - 1; i >= 0; i--) {
      const x = streams[i];
      const branch = this.branches[i];
      const ofSum = placement === 'post' ? this.norm.backward(this.summed(branch, x), gradients[0]) : gradients[0];
      const ofBranch = branch.backward(placement === 'pre' ? this.norm.forward(x) : x, ofSum);
      gradients.unshift(added(ofSum, placement === 'pre' ? this.norm.backward(x, ofBranch) : ofBranch));
    }
    return gradients;
  }

  private summed(branch: Branch, x: Float64Array): Float64Array {
    return added(x, branch.forward(this.network.placement === 'pre' ? this.norm.forward(x) : x));
  }
}

interface Branch {
  forward(x: Float64Array): Float64Array;
  /** Gradient of ⟨dy, f(x)⟩ by x. */
  backward(x: Float64Array, dy: Float64Array): Float64Array;
}

function randomBranch(network: SimulatedNetwork, isAttention: boolean, random: Random): Branch {
  const { width, tokens, init, blocks } = network;
  const hidden = isAttention ? width : expansion * width;
  const xavier = Math.sqrt(2 / (width + hidden));
  const last = { xavier: 1, scaled: 1 / Math.sqrt(2 * blocks), zero: 0 }[init];
  const first = random.normals(width * hidden).map((value) => value * xavier);
  const second = random.normals(hidden * width).map((value) => value * xavier * last);
  const mixed = (values: Float64Array) => (isAttention ? averaged(values, tokens, width) : values);
  return {
    forward: (x) => {
      const inner = times(mixed(x), first, tokens, width, hidden);
      return times(isAttention ? inner : inner.map((value) => Math.max(0, value)), second, tokens, hidden, width);
    },
    backward: (x, dy) => {
      const inner = times(mixed(x), first, tokens, width, hidden);
      const ofInner = timesTransposed(dy, second, tokens, width, hidden);
      const through = isAttention ? ofInner : ofInner.map((value, i) => (inner[i] > 0 ? value : 0));
      // Averaging over the tokens is its own transpose.
      return mixed(timesTransposed(through, first, tokens, hidden, width));
    },
  };
}

function layerNorm(tokens: number, width: number): Branch {
  const spec = defaultSpec('layer_norm');
  const geometry = rowGeometry(spec, [tokens, width]);
  return {
    forward: (x) => forwardRows(spec, geometry, x, {}).y,
    backward: (x, dy) => backwardRows(spec, geometry, x, dy, {}).gradInput,
  };
}

/** (rows, inner) times (inner, cols). */
function times(a: Float64Array, b: Float64Array, rows: number, inner: number, cols: number): Float64Array {
  const product = new Float64Array(rows * cols);
  for (let r = 0; r < rows; r++) {
    for (let k = 0; k < inner; k++) {
      const factor = a[r * inner + k];
      for (let c = 0; c < cols; c++) {
        product[r * cols + c] += factor * b[k * cols + c];
      }
    }
  }
  return product;
}

/** (rows, inner) times the transpose of (cols, inner). */
function timesTransposed(a: Float64Array, b: Float64Array, rows: number, inner: number, cols: number): Float64Array {
  const product = new Float64Array(rows * cols);
  for (let r = 0; r < rows; r++) {
    for (let c = 0; c < cols; c++) {
      let sum = 0;
      for (let k = 0; k < inner; k++) {
        sum += a[r * inner + k] * b[c * inner + k];
      }
      product[r * cols + c] = sum;
    }
  }
  return product;
}

/** Every row replaced by the mean of all. */
function averaged(x: Float64Array, rows: number, cols: number): Float64Array {
  const mean = new Float64Array(cols);
  x.forEach((value, i) => {
    mean[i % cols] += value / rows;
  });
  return x.map((_, i) => mean[i % cols]);
}

function added(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value + b[i]);
}
