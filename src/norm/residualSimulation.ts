import { Random } from './random';
import { ResidualNetwork, type SimulatedNetwork } from './residualNetwork';

/** What happens to the residual stream on its way through a simulated network. */
export interface ResidualSimulation {
  /** After the embedding and after every block, (blocks + 1,): ‖x‖ / √width, root mean square over tokens. */
  readonly streamRms: Float64Array;
  /** At the same places: norm of the gradient of a random linear function of the output, relative to that at the output. */
  readonly gradientNorm: Float64Array;
}

/**
 * Sends random tokens through a random network and a random gradient back; the same seed gives the same curves.
 *
 * With Xavier matrices and pre-normalization the stream grows as √depth; with post-normalization it stays at 1; with
 * neither it grows exponentially.
 */
export function simulateResidual(network: SimulatedNetwork): ResidualSimulation {
  const { tokens, width, seed } = network;
  const random = new Random(seed);
  const model = new ResidualNetwork(network, random);
  const { streams } = model.forward(random.normals(tokens * width));
  const gradOutput = random.normals(tokens * width);
  const unit = rootMeanSquare(gradOutput);
  const ofBlocks = (states: readonly Float64Array[]) =>
    Float64Array.from(states.filter((_, i) => i % 2 === 0).map(rootMeanSquare));
  return {
    streamRms: ofBlocks(streams),
    gradientNorm: ofBlocks(model.backward(streams, gradOutput)).map((norm) => norm / unit),
  };
}

function rootMeanSquare(x: Float64Array): number {
  return Math.sqrt(x.reduce((sum, value) => sum + value * value, 0) / x.length);
}
