import type { DType } from '../tensor/dtype';
import { ElementCode } from './assembly/elementCode';

/** The dtypes that kernels read: all but the complex ones. */
export type ElementType = keyof typeof ElementCode & DType;

/** Whether kernels read a dtype. */
export function isElementType(dtype: DType): dtype is ElementType {
  return dtype in ElementCode;
}

/**
 * What elements of a dtype are decoded to: float32 where that holds each exactly, else float64 (to which 64-bit
 * integers beyond 2^53 are rounded).
 */
export function decodedType(dtype: ElementType): 'float32' | 'float64' {
  return ElementCode[dtype] < ElementCode.float64 ? 'float32' : 'float64';
}
