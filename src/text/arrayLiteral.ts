import type { DType } from '../tensor/dtype';
import type { Shape } from '../tensor/shape';

/** An array of numbers found in text. Offsets are UTF-16 units from the start of the text. */
export interface ArrayLiteral {
  readonly start: number;
  readonly end: number;
  /** Of the values; where the array is truncated, of those that are shown. */
  readonly shape: Shape;
  /** Flat, C order. */
  readonly values: Float64Array;
  /** Start and end of every innermost row: row i stands at `rowOffsets[2 * i]`..`rowOffsets[2 * i + 1]`. */
  readonly rowOffsets: Uint32Array;
  /** The element type that the text tells, as `dtype=torch.float16` or `1.0f` does. */
  readonly dtype?: DType;
  /** Present where the text shows only a part, cut with `...`, as large arrays are printed. */
  readonly truncated?: Truncation;
  /** What one step of the last printed decimal is worth, where a printer rounded the values: 1e-4 for `tensor([0.1234])`. */
  readonly resolution?: number;
  /** What of a selection was left out to read it, and other things that the numbers alone do not tell; a sentence each. */
  readonly notes?: readonly string[];
}

/** What is known of an array of which only a part is shown. */
export interface Truncation {
  /** The shape of the whole, where the text states it. */
  readonly statedShape?: Shape;
}

/** A mapping in text, such as a JSON object or a Python dict, of names to arrays and numbers. */
export interface LiteralObject {
  readonly start: number;
  readonly end: number;
  readonly entries: ReadonlyMap<string, ArrayLiteral | number>;
}

/** Bounds on the work for one piece of text. */
export interface LiteralLimits {
  /** Text units looked at, at the most. */
  readonly maxLength: number;
  /** Brackets inside brackets, at the most. */
  readonly maxDepth: number;
  readonly signal?: AbortSignal;
}

/** The bounds where none are given. */
export const defaultLimits: LiteralLimits = {
  // Some 6 million numbers as printed in full; larger arrays belong in a dump.
  maxLength: 64 * 1024 * 1024,
  // NumPy 2 stops at 64 axes.
  maxDepth: 64,
};
