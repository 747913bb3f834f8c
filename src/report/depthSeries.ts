import type { TensorRef } from '../formats/dump';
import { rms, variance, type Moments } from '../norm/moments';
import { roleOf } from '../norm/sites';
import type { DepthSeries } from './depthReport';

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
    const block = blockNumber.exec(entry.ref.name);
    if (block) {
      const pattern = entry.ref.name.replace(blockNumber, '*');
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

function kindOf(pattern: string): DepthSeries['kind'] {
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
