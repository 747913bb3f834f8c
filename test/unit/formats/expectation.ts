import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { DType } from '../../../src/tensor/dtype';
import { dtypes } from '../../../src/tensor/dtype';
import type { Shape } from '../../../src/tensor/shape';
import type { Tensor } from '../../../src/tensor/tensor';

/** What one fixture file must give: these tensors, or an error, or either. */
export interface Expectation {
  readonly tensors?: readonly ExpectedTensor[];
  readonly error?: string;
  readonly either?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
  /** A file that appears if the fixture's payload ever runs. */
  readonly marker?: string;
}

export interface ExpectedTensor {
  /** Null where the format gives no name. */
  readonly name: string | null;
  readonly dtype: DType;
  readonly shape: Shape;
  readonly sha256: string;
  /** May be missing. */
  readonly optional?: boolean;
}

/** The expectations beside the fixtures of a folder, by file name. */
export function expectationsIn(folder: string): [string, Expectation][] {
  return Object.entries(JSON.parse(readFileSync(`${folder}/expected.json`, 'utf8')) as Record<string, Expectation>);
}

/**
 * The hash that fixtures state of a tensor: of its values in C order, little-endian, floats and complex parts as float64 with
 * one NaN (0x7ff8000000000000), uint64 as it is, other integers and bool as int64.
 */
export function valuesHash({ dtype, values }: Tensor): string {
  const { kind } = dtypes[dtype];
  const bytes = new DataView(new ArrayBuffer(values.length * 8));
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (kind === 'float' || kind === 'complex') {
      if (Number.isNaN(value)) {
        bytes.setBigUint64(8 * i, 0x7ff8000000000000n, true);
      } else {
        bytes.setFloat64(8 * i, Number(value), true);
      }
    } else {
      bytes.setBigInt64(8 * i, BigInt.asIntN(64, BigInt(value)), true);
    }
  }
  return createHash('sha256').update(bytes).digest('hex');
}
