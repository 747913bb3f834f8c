import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Random } from '../../src/norm/random';

/** How many different numbers there are; they are repeated, since making them takes longer than measuring. */
const distinct = 2 ** 18 - 1;

/** The float32 that every contestant works on: x and gradOutput (rows, cols), weight and bias (cols,). */
export interface Data {
  readonly x: Float32Array;
  readonly gradOutput: Float32Array;
  readonly weight: Float32Array;
  readonly bias: Float32Array;
}

/**
 * Numbers like activations: off centre, a little skew, some exact zeros; the same on every machine. Those of x are
 * rounded so that float16 and bfloat16 hold them too.
 */
export function makeData(rows: number, cols: number): Data {
  const random = new Random(3);
  const skewed = Float32Array.from({ length: distinct }, (_, i) => {
    const z = random.normal();
    return i % 50 === 0 ? 0 : Math.round((0.25 + z + 0.1 * z * z) * 16) / 16;
  });
  const normal = Float32Array.from({ length: distinct }, () => random.normal());
  return {
    x: repeated(skewed, rows * cols),
    gradOutput: repeated(normal, rows * cols),
    weight: Float32Array.from({ length: cols }, () => 1 + 0.1 * random.normal()),
    bias: Float32Array.from({ length: cols }, () => 0.1 * random.normal()),
  };
}

/** Writes each array to a file `<name>.f32`, for the peers. */
export async function writeData(folder: string, data: Data): Promise<void> {
  for (const [name, values] of Object.entries(data) as [string, Float32Array][]) {
    await writeFile(join(folder, `${name}.f32`), values);
  }
}

/** The values of x as bfloat16: the upper halves of float32. */
export function asBfloat16(x: Float32Array): Uint16Array {
  return Uint16Array.from(new Uint32Array(x.buffer), (bits) => bits >>> 16);
}

/** The values of x as float16, which holds each exactly: the exponent rebased, the mantissa cut. */
export function asFloat16(x: Float32Array): Uint16Array {
  return Uint16Array.from(new Uint32Array(x.buffer), (bits) => {
    const magnitude = (bits >>> 13) & 0x3ffff;
    return ((bits >>> 16) & 0x8000) | (magnitude === 0 ? 0 : magnitude - (112 << 10));
  });
}

function repeated(values: Float32Array, length: number): Float32Array {
  const long = new Float32Array(length);
  for (let start = 0; start < length; start += values.length) {
    long.set(values.subarray(0, length - start), start);
  }
  return long;
}
