import type { Group } from './bench';
import { contest } from './contest';
import { asBfloat16, asFloat16 } from './data';

/** All moments of each row of 16-bit floats, against as many float32 of the same values. */
export const halfStatistics: Group = async ({ repetitions, simd, data }) => {
  const float32 = [{ name: 'as many float32', run: () => simd.rowMoments(), reach: 0.6 }];
  const bfloat16 = simd.put(asBfloat16(data.x));
  const float16 = simd.put(asFloat16(data.x));
  return [
    ...(await contest(repetitions, 'of bfloat16', () => simd.rowMoments(bfloat16, 'bfloat16'), float32)),
    ...(await contest(repetitions, 'of float16', () => simd.rowMoments(float16, 'float16'), float32)),
  ];
};
