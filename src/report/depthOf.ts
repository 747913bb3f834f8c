import type { Dump, TensorRef } from '../formats/dump';
import { presentValues } from '../formats/presentValues';
import { byteLength, readTensor, readValues } from '../formats/readValues';
import { mergeMoments, momentsOf, type Moments } from '../norm/moments';
import { networkOrder } from '../norm/networkOrder';
import { powerLaw } from '../norm/powerLaw';
import { dtypes } from '../tensor/dtype';
import { elementCount, formatShape } from '../tensor/shape';
import { toFloat64 } from '../tensor/tensor';
import { placementIn } from './depthPlacement';
import type { DepthReport } from './depthReport';
import { exponentialGrowth } from './exponentialGrowth';
import { firstBadRecord, scanTensor } from './findings/tensorScan';
import { ofLastStep, stepsOf } from './depthSteps';
import { isBad, seriesOf, streamOf, type MeasuredRef } from './depthSeries';

/** Values read at a time. */
const chunkValues = 2 ** 20;
/** Bytes of a stream tensor that is held whole, for cosines. */
const maxBytes = 2 ** 26;

/**
 * Orders the tensors of a dump by depth and tells how they change with it.
 *
 * @throws FormatError, LimitError if a tensor cannot be read
 */
export async function depthOf(dump: Dump, signal?: AbortSignal): Promise<DepthReport> {
  const refs = new Map(dump.tensors.map((ref) => [ref.name, ref]));
  const order = networkOrder([...refs.keys()], dump.metadata);
  const entries: MeasuredRef[] = [];
  for (const name of order.names) {
    const ref = refs.get(name)!;
    if (dtypes[ref.dtype].kind === 'float') {
      entries.push({ ref, moments: await momentsOfRef(ref, signal) });
    }
  }
  const steps = stepsOf(entries);
  const series = seriesOf(ofLastStep(entries, steps));
  const stream = streamOf(series);
  const streamRefs = (stream?.names ?? []).map((name) => refs.get(name)!);
  const growth =
    stream &&
    powerLaw(
      stream.blocks.map((block) => block + 1),
      stream.rms,
    );
  return {
    steps,
    series,
    stream: stream?.pattern,
    growth,
    exponentialGrowth: stream && exponentialGrowth(stream),
    neighbourCosine: await neighbourCosines(streamRefs, signal),
    placement: stream && (await placementIn(dump, stream, signal)),
    spread: (await inOrderOfRecords(entries.filter(isBad), signal)).map(
      ({ ref, moments: { nan, posInf, negInf, count } }) => ({
        name: ref.name,
        nan,
        inf: posInf + negInf,
        share: (nan + posInf + negInf) / count,
      }),
    ),
    orderGuessed: order.guessed,
  };
}

async function momentsOfRef(ref: TensorRef, signal?: AbortSignal): Promise<Moments> {
  const total = elementCount(ref.shape);
  let moments = momentsOf([]);
  for (let start = 0; start < total; start += chunkValues) {
    const end = Math.min(start + chunkValues, total);
    const values = await readValues(ref, start, end, signal);
    const numbers = toFloat64({ name: '', dtype: ref.dtype, shape: [end - start], values });
    moments = mergeMoments(moments, momentsOf(presentValues(ref, numbers, start)));
  }
  return moments;
}

/** Tensors with NaN or Inf, those of a log by the record in which that begins. */
async function inOrderOfRecords(entries: readonly MeasuredRef[], signal?: AbortSignal): Promise<MeasuredRef[]> {
  const firsts = new Map<MeasuredRef, number>();
  for (const entry of entries) {
    firsts.set(entry, entry.ref.isLog ? firstBadRecord(await scanTensor(entry.ref, signal)) : 0);
  }
  return entries.toSorted((a, b) => firsts.get(a)! - firsts.get(b)!);
}

/** Mean over the rows of the cosine of every tensor and the next; nothing where they are too large or of different shapes. */
async function neighbourCosines(refs: readonly TensorRef[], signal?: AbortSignal): Promise<number[]> {
  if (refs.some((ref) => byteLength(ref) > maxBytes || formatShape(ref.shape) !== formatShape(refs[0].shape))) {
    return [];
  }
  const cosines: number[] = [];
  let previous: Float64Array | undefined;
  for (const ref of refs) {
    const values = toFloat64(await readTensor(ref, signal));
    if (previous) {
      cosines.push(meanCosine(previous, values, ref.shape.at(-1) ?? 1));
    }
    previous = values;
  }
  return cosines;
}

/** Rows of padding and rows with NaN or Inf point nowhere; NaN if no other is left. */
function meanCosine(a: Float64Array, b: Float64Array, cols: number): number {
  let sum = 0;
  let rows = 0;
  for (let start = 0; start < a.length; start += cols) {
    let [product, squaresA, squaresB] = [0, 0, 0];
    for (let i = start; i < start + cols; i++) {
      product += a[i] * b[i];
      squaresA += a[i] * a[i];
      squaresB += b[i] * b[i];
    }
    const lengths = Math.sqrt(squaresA) * Math.sqrt(squaresB);
    if (lengths > 0 && lengths < Infinity) {
      sum += product / lengths;
      rows++;
    }
  }
  return sum / rows;
}
