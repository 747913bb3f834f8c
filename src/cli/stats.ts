import { join } from 'node:path';
import type { ExactMoments } from '../compute/exactMoments';
import { inLanes } from '../compute/inLanes';
import { MomentsService } from '../compute/momentsService';
import { momentsAt } from '../compute/momentsTable';
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
  options: {
    ...rawOptions,
    tensor: { type: 'string', value: 'NAME', help: 'this one alone' },
    rows: { type: 'boolean', help: 'statistics of every row too' },
    axes: { type: 'string', value: 'AXES', help: 'that a row runs along, the last one without it' },
  },
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

/** What was asked of one tensor. */
interface Answered {
  readonly ref: TensorRef;
  readonly stats: ExactStats;
  readonly rows?: readonly ExactMoments[];
}

async function answer(dump: Dump, options: Options, service: MomentsService): Promise<Outcome> {
  const refs = typeof options.tensor === 'string' ? [findTensor(dump, options.tensor)] : dump.tensors;
  const notes = refs === dump.tensors ? [...undecodedNotes(dump), ...dump.notes] : [];
  const axes = integerList('axes', options.axes) ?? [-1];
  const tensors = new Array<Answered>(refs.length);
  await inLanes(refs, async (ref, i) => {
    if (options.axes !== undefined) {
      resolveAxes(axes, ref.shape.length); // Refused also where rows are not asked for.
    }
    if (options.rows === true) {
      const { all, rows, table } = await service.rows(ref, axes);
      const moments = Array.from({ length: rows }, (_, row) => momentsAt(table, row));
      tensors[i] = { ref, stats: exactStatsOf(all), rows: moments };
    } else {
      tensors[i] = { ref, stats: exactStatsOf(await service.whole(ref)) };
    }
  });
  return {
    json: {
      tensors: tensors.map(({ ref: { name, dtype, shape }, stats, rows }) => ({
        name,
        dtype,
        shape,
        ...stats,
        rows: rows && rowArrays(rows),
      })),
    },
    text: [
      table(
        ['name', 'dtype', 'shape', ...columns],
        tensors.map(({ ref: { name, dtype, shape }, stats }) => [name, dtype, formatShape(shape), ...cellsOf(stats)]),
      ),
      ...tensors.flatMap(({ ref, rows }) => (rows ? ['', rowsTable(ref.name, rows)] : [])),
      ...notes,
    ].join('\n'),
  };
}

const columns = ['mean', 'variance ÷N', 'min', 'max', 'RMS', 'NaN', 'Inf'];

function cellsOf({ mean, variance, min, max, rms, nan, posInf, negInf }: ExactStats): string[] {
  const written = (value: number | bigint) => (typeof value === 'bigint' ? String(value) : formatNumber(value));
  return [mean, variance, min, max, rms, nan, posInf + negInf].map(written);
}

function rowsTable(name: string, rows: readonly ExactMoments[]): string {
  const lines = rows.map((moments, row) => [String(row), ...cellsOf(exactStatsOf(moments))]);
  return table([`row of ${name}`, ...columns], lines);
}

/** Statistics of rows by name, each over all rows. */
function rowArrays(moments: readonly ExactMoments[]) {
  const stats = moments.map(exactStatsOf);
  const column = (key: keyof ExactStats) => stats.map((row) => row[key]);
  return {
    count: moments.length,
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

type ExactStats = ReturnType<typeof exactStatsOf>;

/** Statistics whose extremes are exact where the values are integers beyond float64. */
function exactStatsOf(moments: ExactMoments) {
  const stats = statsOf(moments);
  const { exactMin, exactMax } = moments;
  if (exactMin === undefined || exactMax === undefined) {
    return stats;
  }
  const absMax = -exactMin > exactMax ? -exactMin : exactMax;
  return { ...stats, min: exactMin, max: exactMax, absMax };
}
