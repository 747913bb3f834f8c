import type { Dump } from '../formats/dump';
import { excessKurtosis, skewness, type Moments } from '../norm/moments';
import { fileStats, type ExactMoments } from '../report/fileStats';
import { formatNumber } from '../report/formatNumber';
import { statsOf } from '../report/tensorStats';
import { formatShape } from '../tensor/shape';
import { findTensor } from './caseOptions';
import type { Command, Options, Outcome } from './command';
import { integerList } from './integerList';
import { table } from './table';
import { withDump } from './withDump';

/** Statistics of every tensor, or of one, over its finite values; rows on demand. */
export const stats: Command = {
  usage: 'stats FILE [--tensor NAME] [--rows] [--axes -1]',
  options: { tensor: { type: 'string' }, rows: { type: 'boolean' }, axes: { type: 'string' } },
  files: 1,
  run: ([path], options) => withDump(path, (dump) => answer(dump, options)),
};

async function answer(dump: Dump, options: Options): Promise<Outcome> {
  const refs = typeof options.tensor === 'string' ? [findTensor(dump, options.tensor)] : dump.tensors;
  const axes = integerList('axes', options.axes) ?? [-1];
  const tensors = [];
  for (const ref of refs) {
    const { all, rows } = await fileStats(ref, axes, options.rows === true);
    tensors.push({
      name: ref.name,
      dtype: ref.dtype,
      shape: ref.shape,
      ...withExactExtremes(statsOf(all.moments), all),
      rows: options.rows === true ? rowArrays(rows) : undefined,
    });
  }
  return {
    json: { tensors },
    text: table(
      ['name', 'dtype', 'shape', 'mean', 'variance ÷N', 'min', 'max', 'RMS', 'NaN', 'Inf'],
      tensors.map((tensor) => [
        tensor.name,
        tensor.dtype,
        formatShape(tensor.shape),
        ...[tensor.mean, tensor.variance].map(formatNumber),
        ...[tensor.min, tensor.max].map((value) => (typeof value === 'bigint' ? String(value) : formatNumber(value))),
        ...[tensor.rms, tensor.nan, tensor.posInf + tensor.negInf].map(formatNumber),
      ]),
    ),
  };
}

function rowArrays(rows: readonly ExactMoments[]) {
  const column = (of: (moments: Moments) => number) => rows.map(({ moments }) => of(moments));
  const stat = (key: keyof ReturnType<typeof statsOf>) =>
    rows.map((row) => withExactExtremes(statsOf(row.moments), row)[key]);
  return {
    count: rows.length,
    mean: stat('mean'),
    variance: stat('variance'),
    min: stat('min'),
    max: stat('max'),
    absMax: stat('absMax'),
    rms: stat('rms'),
    l2: stat('l2'),
    skewness: column(skewness),
    kurtosis: column(excessKurtosis),
    nan: stat('nan'),
    posInf: stat('posInf'),
    negInf: stat('negInf'),
    zero: stat('zero'),
  };
}

function withExactExtremes(stats: ReturnType<typeof statsOf>, { exactMin, exactMax }: ExactMoments) {
  if (exactMin === undefined || exactMax === undefined) {
    return stats;
  }
  const absMax = -exactMin > exactMax ? -exactMin : exactMax;
  return { ...stats, min: exactMin, max: exactMax, absMax };
}
