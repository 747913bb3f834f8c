import { roundTo, type FloatDtype } from '../../tensor/roundFloat';

/** An operation of float32 or narrower numbers: computed in float32, then rounded, as CPUs and libraries do. */
export function throughFloat32(dtype: FloatDtype): (value: number) => number {
  const round = roundTo(dtype);
  return dtype === 'float32' ? round : (value) => round(Math.fround(value));
}
