import type { TensorRef } from '../formats/dump';
import { rms, variance, type Moments } from '../norm/moments';
import { roleOf } from '../norm/sites';
import { maskStep } from '../norm/trainingStep';
import type { DepthSeries } from './depthReport';
import { isMeantInfinity } from './findings/tensorNames';

/** A tensor and what it holds. */
export interface MeasuredRef {
  readonly ref: TensorRef;
  readonly moments: Moments;
}

/** The number of a block in a name: the first part that is one. */
const blockNumber = /(?<=^|[._/])\d+(?=[._/]|$)/;

/** How a tensor after a block is called, the best name first; else the input of a block's first norm is the stream. */
const streamNames = [
  /^(?:resid_post|hidden_states?)$/,
  /^(?:output|out|resid)$/,
  /^(?:ln_?1|norm_?1|input_layernorm)\.input$/,
];

/** Tensors whose names differ in the number of the block alone, where there are two blocks at least. */
export function seriesOf(entries: readonly MeasuredRef[]): DepthSeries[] {
  const groups = new Map<string, { block: number; entry: MeasuredRef }[]>();
  for (const entry of entries) {
    const { name } = entry.ref;
    const block = blockNumber.exec(maskStep(name));
    if (block) {
      const pattern = `${name.slice(0, block.index)}*${name.slice(block.index + block[0].length)}`;
      groups.set(pattern, [...(groups.get(pattern) ?? []), { block: Number(block[0]), entry }]);
    }
  }
  return [...groups]
    .filter(([, members]) => members.length > 1)
    .map(([pattern, members]) => {
      members.sort((a, b) => a.block - b.block);
      const of = (value: (moments: Moments) => number) => members.map(({ entry }) => value(entry.moments));
      return {
        pattern,
        kind: kindOf(pattern),
        blocks: members.map(({ block }) => block),
        names: members.map(({ entry }) => entry.ref.name),
        mean: of(({ mean }) => mean),
        variance: of(variance),
        rms: of(rms),
        absMax: of(({ absMax }) => absMax),
        nan: of(({ nan }) => nan),
        inf: of(({ posInf, negInf }) => posInf + negInf),
      };
    });
}

/** True of NaN and Inf that are not there by design, as −Inf in attention masks is. */
export function isBad({ ref, moments }: MeasuredRef): boolean {
  return moments.nan + moments.posInf + moments.negInf > 0 && !isMeantInfinity(ref.name, moments);
}

/** What a tensor is by its name. */
export function kindOf(pattern: string): DepthSeries['kind'] {
  const role = roleOf(pattern);
  return role?.startsWith('grad')
    ? 'gradient'
    : role === undefined || role === 'x' || role === 'output'
      ? 'activation'
      : 'parameter';
}

/** The residual stream among the series, by its name. */
export function streamOf(series: readonly DepthSeries[]): DepthSeries | undefined {
  return streamNames
    .map((name) => series.find(({ pattern }) => name.test(pattern.slice(pattern.indexOf('*') + 2))))
    .find((found) => found !== undefined);
}
