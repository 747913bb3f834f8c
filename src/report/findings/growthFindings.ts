import { exponentialLaw, powerLaw } from '../../norm/powerLaw';
import { formatNumber } from '../../tensor/formatNumber';
import { ofLastStep, stepsOf } from '../depthSteps';
import { seriesOf, streamOf } from '../depthSeries';
import type { Finding } from './finding';
import type { TensorScan } from './tensorScan';

/** Ours: of fewer blocks no law can be told … */
const minBlocks = 5;
/** … and by less per block trained networks grow too; recordings of twenty architectures stay below 1.08. */
const minFactor = 1.2;
/** Ours: so much of the growth must be exponential, and more than a power of depth explains. */
const minR2 = 0.95;

/**
 * A residual stream that grows by the same factor with every block. Independent branches add up to √depth, and a variance that
 * is linear in depth is no harm (Kim et al. 2025, 2502.02732); exponential growth leaves the later blocks nothing to
 * do (Sun et al. 2025, 2502.05795).
 *
 * @param scans in the order of the network
 */
export function growthFindings(scans: readonly TensorScan[]): Finding[] {
  const stream = streamOf(seriesOf(ofLastStep(scans, stepsOf(scans))));
  if (stream === undefined || stream.blocks.length < minBlocks) {
    return [];
  }
  const { blocks, rms, names } = stream;
  const exponential = exponentialLaw(blocks, rms);
  const power = powerLaw(
    blocks.map((block) => block + 1),
    rms,
  );
  if (!exponential || !power || exponential.factor < minFactor || exponential.r2 < Math.max(minR2, power.r2)) {
    return [];
  }
  return [
    {
      severity: 'warning',
      code: 'residual-growth',
      tensor: names.at(-1)!,
      where: {},
      message:
        `From ${names[0]} to ${names.at(-1)} the RMS of the residual stream grows by a factor of ${exponential.factor.toFixed(2)} with every ` +
        `block, ${formatNumber(rms[0])} to ${formatNumber(rms.at(-1)!)} (R² ${exponential.r2.toFixed(2)}): exponentially, where independent ` +
        'branches add up to the root of the depth. The later blocks change ever less of what the norms see.',
      advice:
        'Check that each branch starts from a norm, and the initialisation of its last matrix; scale the branches down by √depth, or norm their outputs.',
    },
  ];
}
