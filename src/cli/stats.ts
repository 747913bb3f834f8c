import { join } from 'node:path';
import type { ExactMoments } from '../compute/exactMoments';
import { inLanes } from '../compute/inLanes';
import { MomentsService } from '../compute/momentsService';
import { momentsAt } from '../compute/momentsTable';
import type { RowsMoments } from '../compute/tensorMoments';
import { workerCount } from '../compute/workerCount';
import { workerFile, WorkerPool } from '../compute/workerPool';
import type { Dump, TensorRef } from '../formats/dump';
import { undecodedNotes } from '../formats/undecodedNotes';
import { excessKurtosis, skewness } from '../norm/moments';
import { formatNumber } from '../tensor/formatNumber';
import { statsOf } from '../report/tensorStats';
import { formatShape, resolveAxes } from '../tensor/shape';
import { findTensor } from './caseOptions';
import type { Command, Options, Outcome } from './command';
import { integerList } from './integerList';
import { rawOptions } from './rawOptions';
import { table } from './table';
import { withDump } from './withDump';

/** Statistics of every tensor, or of one, over its finite values; rows on demand. */
export const stats: Command = {
  usage: 'stats FILE [--tensor NAME] [--rows] [--axes -1]',
  options: { ...rawOptions, tensor: { type: 'string' }, rows: { type: 'boolean' }, axes: { type: 'string' } },
  files: 1,
  async run([path], options) {
    const service = new MomentsService(new WorkerPool(join(__dirname, workerFile), workerCount()));
    try {
      return await withDump(path, options, (dump) => answer(dump, options, service));
    } finally {
      await service.dispose();
    }
  },
};

async function answer(dump: Dump, options: Options, service: MomentsService): Promise<Outcome> {
  const refs = typeof options.tensor === 'string' ? [findTensor(dump, options.tensor)] : dump.tensors;
  const notes = refs === dump.tensors ? undecodedNotes(dump) : [];
  const axes = integerList('axes', options.axes) ?? [-1];
  const tensors = new Array<TensorAnswer>(refs.length);
  await inLanes(refs, async (ref, i) => {
    if (options.axes !== undefined) {
      resolveAxes(axes, ref.shape.length); // Refused also where rows are not asked for.
    }
    const rows = options.rows === true ? await service.rows(ref, axes) : undefined;
    const all = rows?.all ?? (await service.whole(ref));
    tensors[i] = {
      name: ref.name,
      dtype: ref.dtype,
      shape: ref.shape,
      ...exactStatsOf(all),
      rows: rows && rowArrays(rows),
    };
  });
  return {
    json: { tensors },
    text: [
      table(
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
      ...notes,
    ].join('\n'),
  };
}

type TensorAnswer = Pick<TensorRef, 'name' | 'dtype' | 'shape'> &
  ReturnType<typeof exactStatsOf> & { rows?: ReturnType<typeof rowArrays> };

function rowArrays({ rows, table }: RowsMoments) {
  const moments = Array.from({ length: rows }, (_, row) => momentsAt(table, row));
  const stats = moments.map(exactStatsOf);
  const column = (key: keyof ReturnType<typeof exactStatsOf>) => stats.map((row) => row[key]);
  return {
    count: rows,
    mean: column('mean'),
    variance: column('variance'),
    min: column('min'),
    max: column('max'),
    absMax: column('absMax'),
    rms: column('rms'),
    l2: column('l2'),
    skewness: moments.map(skewness),
    kurtosis: moments.map(excessKurtosis),
    nan: column('nan'),
    posInf: column('posInf'),
    negInf: column('negInf'),
    zero: column('zero'),
  };
}

function exactStatsOf(moments: ExactMoments) {
  const stats = statsOf(moments);
  const { exactMin, exactMax } = moments;
  if (exactMin === undefined || exactMax === undefined) {
    return stats;
  }
  const absMax = -exactMin > exactMax ? -exactMin : exactMax;
  return { ...stats, min: exactMin, max: exactMax, absMax };
}
