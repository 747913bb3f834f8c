import { exponentialLaw, powerLaw, type ExponentialLaw } from '../norm/powerLaw';
import type { DepthSeries } from './depthReport';

/** Ours: of fewer blocks no law can be told … */
const minBlocks = 5;
/** … and by less per block trained networks grow too; recordings of twenty architectures stay below 1.08. */
const minFactor = 1.2;
/** Ours: so much of the growth must be exponential, and more than a power of depth explains. */
const minR2 = 0.95;

/** By how much the RMS of a residual stream grows with every block; undefined where it is not multiplied by the same each time. */
export function exponentialGrowth({ blocks, rms }: DepthSeries): ExponentialLaw | undefined {
  const exponential = exponentialLaw(blocks, rms);
  const power = powerLaw(
    blocks.map((block) => block + 1),
    rms,
  );
  return blocks.length >= minBlocks &&
    exponential &&
    power &&
    exponential.factor >= minFactor &&
    exponential.r2 >= Math.max(minR2, power.r2)
    ? exponential
    : undefined;
}
