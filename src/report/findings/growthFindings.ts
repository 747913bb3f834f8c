import { formatNumber } from '../../tensor/formatNumber';
import { exponentialGrowth } from '../exponentialGrowth';
import { ofLastStep, stepsOf } from '../depthSteps';
import { seriesOf, streamOf } from '../depthSeries';
import type { Finding } from './finding';
import type { TensorScan } from './tensorScan';

/**
 * A residual stream that grows by the same factor with every block. Independent branches add up to √depth, and a variance that
 * is linear in depth is no harm (Kim et al. 2025, 2502.02732); exponential growth leaves the later blocks nothing to
 * do (Sun et al. 2025, 2502.05795).
 *
 * @param scans in the order of the network
 */
export function growthFindings(scans: readonly TensorScan[]): Finding[] {
  const stream = streamOf(seriesOf(ofLastStep(scans, stepsOf(scans))));
  const law = stream && exponentialGrowth(stream);
  if (!law) {
    return [];
  }
  const { rms, names } = stream;
  return [
    {
      severity: 'warning',
      code: 'residual-growth',
      tensor: names.at(-1)!,
      where: {},
      message:
        `From ${names[0]} to ${names.at(-1)} the RMS of the residual stream grows by a factor of ${law.factor.toFixed(2)} with every ` +
        `block, ${formatNumber(rms[0])} to ${formatNumber(rms.at(-1)!)} (R² ${law.r2.toFixed(2)}): exponentially, where independent ` +
        'branches add up to the root of the depth. The later blocks change ever less of what the norms see.',
      advice:
        'Check that each branch starts from a norm, and the initialisation of its last matrix; scale the branches down by √depth, or norm their outputs.',
    },
  ];
}
