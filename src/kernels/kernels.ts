import type { ElementType } from './elementType';
import type { Address, KernelMemory } from './kernelMemory';

/** Elements as a file holds them, anywhere in kernel memory; unaligned is fine. */
export interface RawElements {
  readonly start: Address;
  readonly dtype: ElementType;
  readonly littleEndian: boolean;
}

/** What `forward` reads and writes; x, weight, bias and y are float32, the others float64. */
export interface ForwardAreas {
  /** (rows, cols) */
  readonly x: Address;
  /** γ, (cols,); absent means ones. */
  readonly weight?: Address;
  /** β, (cols,); absent means zeros. */
  readonly bias?: Address;
  /** Written, (rows, cols); may be x itself. */
  readonly y: Address;
  /** Written, (rows,); zeros for rms_norm. */
  readonly mean: Address;
  /** Written, (rows,) */
  readonly rstd: Address;
}

/** What `backward` reads and writes; tensors of rows and the weight are float32, the others float64. */
export interface BackwardAreas {
  /** (rows, cols) */
  readonly x: Address;
  /** dy, (rows, cols) */
  readonly gradOutput: Address;
  /** γ, (cols,); absent means ones. */
  readonly weight?: Address;
  /** As `forward` wrote them, (rows,). */
  readonly mean: Address;
  readonly rstd: Address;
  /** dx: written, (rows, cols); may be gradOutput itself. */
  readonly gradInput: Address;
  /** dγ: added to, (cols,), so that chunks of rows sum up; clear it before the first. */
  readonly gradWeight: Address;
  /** dβ: added to likewise; absent if not wanted. */
  readonly gradBias?: Address;
}

/** Up to which power of the distances to the mean moments are taken. */
export type MomentOrder = 2 | 4;

/** A norm that there is a kernel for. */
export type KernelNorm = 'layer_norm' | 'rms_norm';

/** The inner loops, over areas of their own memory. `loadKernels` gives the fastest that the machine can run. */
export interface Kernels {
  /** `simd`: WebAssembly with 128-bit vectors; `scalar`: TypeScript. Both give the same to rounding. */
  readonly kind: 'simd' | 'scalar';
  readonly memory: KernelMemory;

  /**
   * Decodes elements to what `decodedType` says, little-endian.
   *
   * @param target of `count` float32 or float64; may not overlap the source
   */
  decode(source: RawElements, count: number, target: Address): void;

  /**
   * Moments of each row of (rows, cols) elements, straight from what the file holds.
   *
   * Sums are float64, kept apart for blocks of at most 1024 elements and merged (Chan), so that the result does not
   * depend on how rows are grouped into calls, and nothing cancels for rows such as 10000 + i · 1e-3.
   *
   * @param order  the highest moment wanted: 2 leaves NaN for m3 and m4, and reads float32 half as fast again
   * @param target `momentBytes` for each row, see `momentColumns`
   */
  rowMoments(source: RawElements, rows: number, cols: number, order: MomentOrder, target: Address): void;

  /**
   * LayerNorm or RMSNorm of each row in PyTorch's convention (eps inside the root, variance ÷ cols):
   *
   *   y = (x − mean) · rstd · weight + bias,  rstd = 1 / √(variance + eps)
   *
   * with mean 0 and the mean square for variance in an rms_norm. Statistics are float64, y is within a few units in the
   * last place of float32. NaN and Inf spoil their own row, as in PyTorch.
   *
   * @param eps in units of x squared
   */
  forward(norm: KernelNorm, areas: ForwardAreas, rows: number, cols: number, eps: number): void;

  /**
   * The gradients of `forward` in the centred form:
   *
   *   dx = rstd · (g − mean(g) − x̂ · mean(g · x̂)),  g = dy · weight,  x̂ = (x − mean) · rstd
   *   dγ = Σ dy · x̂,  dβ = Σ dy  (over rows)
   *
   * without mean(g) in an rms_norm. Products are float32, sums float64.
   */
  backward(norm: KernelNorm, areas: BackwardAreas, rows: number, cols: number): void;
}
