import { ShapeError } from '../tensor/errors';
import type { Forward } from './forward';
import { heldStatistics, type NormParameters } from './parameters';
import type { Geometry } from './geometry';
import type { NormSpec } from './normSpec';

/** Running statistics after a training step, (channels,). */
export interface RunningStatistics {
  readonly mean: Float64Array;
  readonly variance: Float64Array;
}

/**
 * What a training step makes of the running mean and variance of a batch_norm or instance_norm:
 *
 *   new = (1 − m) · old + m · batch   momentum of the new statistics, PyTorch
 *   new = m · old + (1 − m) · batch   momentum of the old ones, Keras, Flax and ONNX
 *   new = (n · old + batch) / (n + 1) no momentum: the average over n batches tracked before and this one
 *
 * The batch's variance enters divided by n − 1 in PyTorch and by n elsewhere, whatever the norm itself divides by. Of an
 * instance_norm the mean over the samples enters.
 *
 * @param forward of the step, whose mean and variance (rows,) are those of the batch
 * @returns       undefined if the norm keeps no running statistics, or uses them instead of changing them
 * @throws        ShapeError if they are an average over batches of unknown number
 */
export function runningStatistics(
  spec: NormSpec,
  { rows, cols, rowFeature }: Geometry,
  forward: Forward,
  parameters: NormParameters,
): RunningStatistics | undefined {
  const { runningMean, runningVar } = parameters;
  const tracks = spec.kind === 'batch_norm' || spec.kind === 'instance_norm';
  if (!tracks || runningMean === undefined || runningVar === undefined || heldStatistics(spec, parameters)) {
    return undefined;
  }
  const share = shareOf(spec, parameters);
  const divided = spec.divisor === 'n' ? cols : cols - 1;
  const correction = divided / (spec.runningDivisor === 'n' ? cols : cols - 1);
  const samples = rows / runningMean.length;
  const mean = runningMean.map((value) => (1 - share) * value);
  const variance = runningVar.map((value) => (1 - share) * value);
  for (let row = 0; row < rows; row++) {
    mean[rowFeature[row]] += (share * forward.mean[row]) / samples;
    variance[rowFeature[row]] += (share * correction * forward.variance[row]) / samples;
  }
  return { mean, variance };
}

/** The share of this batch in the running statistics after it. */
function shareOf({ momentum, momentumOf }: NormSpec, { numBatchesTracked }: NormParameters): number {
  if (momentum !== null) {
    return momentumOf === 'new' ? momentum : 1 - momentum;
  }
  if (numBatchesTracked === undefined) {
    throw new ShapeError(
      'Running statistics without momentum are an average over all batches, whose number is not known.',
      {
        advice: 'Name the number of batches tracked, or choose a momentum.',
      },
    );
  }
  return 1 / (numBatchesTracked[0] + 1);
}
