import { powerLaw } from '../norm/powerLaw';
import type { SimulatedNetwork } from '../norm/residualNetwork';
import { simulateResidual } from '../norm/residualSimulation';
import { formatNumber } from '../tensor/formatNumber';
import type { ViewChart, ViewReport } from './viewReport';

/** What a person chooses of the network; the rest is fixed. */
export type SimulationChoice = Pick<SimulatedNetwork, 'blocks' | 'init'>;

/** Large enough that the curves of the literature show, small enough to follow a slider. */
const fixed = { width: 64, tokens: 16, seed: 1 };

const placements = [
  { placement: 'pre', name: 'pre-norm', look: 'after' },
  { placement: 'post', name: 'post-norm', look: 'third' },
  { placement: 'none', name: 'no norm', look: 'before' },
] as const;

/** The residual stream of random networks and the gradient on its way back: with pre-, post- and no normalization. */
export function simulationView(choice: SimulationChoice): ViewReport {
  const runs = placements.map(({ placement, name, look }) => ({
    name,
    look,
    ...simulateResidual({ ...fixed, ...choice, placement }),
  }));
  const [pre, post, none] = runs;
  const depth = Array.from({ length: choice.blocks }, (_, i) => i + 1);
  const growth = powerLaw(depth, Array.from(pre.streamRms.subarray(1)));
  const positions = Uint32Array.from({ length: choice.blocks + 1 }, (_, i) => i);
  const chart = (title: string, y: string, of: 'streamRms' | 'gradientNorm'): ViewChart => ({
    title,
    x: { title: 'After block', positions, scale: 'index', noun: 'Block' },
    y: { title: y, scale: 'log' },
    isPath: true,
    series: runs.map((run) => ({ name: run.name, look: run.look, values: run[of] })),
  });
  const perBlock = (none.streamRms[choice.blocks] / none.streamRms[0]) ** (1 / choice.blocks);
  return {
    sentences: [
      {
        text:
          `With pre-norm the stream grows as depth^${growth ? growth.exponent.toFixed(2) : '0'} and ends at ${formatNumber(pre.streamRms[choice.blocks])}; ` +
          `with post-norm it ends at ${formatNumber(post.streamRms[choice.blocks])}; without a norm it is multiplied by ${formatNumber(perBlock)} in every block.`,
      },
      {
        text:
          `At the first layer the gradient is ${formatNumber(pre.gradientNorm[0])} of that at the output with pre-norm, ` +
          `${formatNumber(post.gradientNorm[0])} with post-norm, ${formatNumber(none.gradientNorm[0])} without.`,
      },
      {
        text: `A random transformer, not your network: ${fixed.tokens} tokens of width ${fixed.width}, attention that averages, a ReLU feed-forward of four widths, seed ${fixed.seed}.`,
      },
    ],
    facts: [],
    charts: [
      chart('RMS of the residual stream', 'RMS', 'streamRms'),
      chart('Norm of the gradient, relative to that at the output', 'Gradient', 'gradientNorm'),
    ],
    tables: [],
  };
}
