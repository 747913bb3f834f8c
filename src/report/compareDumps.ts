import type { Dump, TensorRef } from '../formats/dump';
import { quote } from '../formats/quote';
import { readValues } from '../formats/readValues';
import { roundingLimit, toleranceOf, type Tolerance } from '../norm/closeness';
import { networkOrder } from '../norm/networkOrder';
import { unitOf } from '../norm/precision';
import { TensorDifference, type Difference } from '../norm/tensorDifference';
import { dtypes } from '../tensor/dtype';
import { ShapeError } from '../tensor/errors';
import { elementCount, formatShape, unravelIndex } from '../tensor/shape';
import { divergenceCause } from './divergenceCause';
import { simpleRelation } from './simpleRelation';
import { suggestedRename } from './suggestedRename';
import type { CompareReport, ComparisonStatus, TensorComparison } from './compareReport';

/** Values of either tensor read at a time: 4 MiB of float32, so that tensors larger than memory are compared too. */
const chunkValues = 2 ** 20;

/** How two dumps are matched and judged. */
export interface CompareOptions {
  /** Allowed instead of what assert_close allows for the dtypes; rounding then counts like any other difference. */
  readonly tolerance?: Partial<Tolerance>;
  /** Names in the dump on trial → names in the reference; one that is empty or ends in a dot or slash stands for all that begin so. */
  readonly renames?: ReadonlyMap<string, string>;
  readonly signal?: AbortSignal;
}

/**
 * Compares the dump `a` with the reference `b`, tensor by tensor in the order of the network.
 *
 * @throws ShapeError if the rename map names a tensor that `a` does not have, or gives two the same name
 */
export async function compareDumps(a: Dump, b: Dump, options: CompareOptions = {}): Promise<CompareReport> {
  const ofA = renamed(a, options.renames?.size ? options.renames : loneTensors(a, b));
  const ofB = new Map(listed(b).map((entry) => [entry.name, entry]));
  const shared = [...ofB.keys()].filter((name) => ofA.has(name));
  const order = orderOf(a, b, shared);
  const tensors: TensorComparison[] = [];
  // Rounding is inherited: a float32 tensor computed from bfloat16 ones is no more precise than they are.
  let unit = 0;
  for (const name of order.names) {
    const [entryA, entryB] = [ofA.get(name)!, ofB.get(name)!];
    unit = Math.max(unit, coarsestUnit(entryA), coarsestUnit(entryB));
    const comparison = await compareEntries(entryA, entryB, unit, options);
    tensors.push({ name, ...(entryA.name === name ? {} : { nameA: entryA.name }), ...comparison });
  }
  const missing = [...ofB.keys()].filter((name) => !ofA.has(name));
  const extra = [...ofA].filter(([name]) => !ofB.has(name)).map(([, entry]) => entry.name);
  const first = tensors.find(({ status }) => !agreeing.has(status));
  const firstDivergence = first?.name;
  return {
    equal: firstDivergence === undefined && missing.length + extra.length === 0,
    tensors,
    firstDivergence,
    cause: first && (await causeOf(first, b, ofA, order.names, options)),
    orderGuessed: order.guessed,
    missing,
    extra,
    rename: suggestedRename(missing, extra),
  };
}

/** Why the first tensor that differs does, if the numbers tell. */
async function causeOf(
  { name, status }: TensorComparison,
  b: Dump,
  ofA: ReadonlyMap<string, Entry>,
  order: readonly string[],
  { signal }: CompareOptions,
): Promise<string | undefined> {
  const refA = ofA.get(name)?.ref;
  const refB = b.tensors.find((ref) => ref.name === name);
  if (refA === undefined || refB === undefined || (status !== 'differs' && status !== 'shape')) {
    return undefined;
  }
  const ofNorm = status === 'differs' ? await divergenceCause(b, refA, name, order, signal) : undefined;
  const unit = Math.max(unitOf(refA.dtype), unitOf(refB.dtype));
  return ofNorm ?? (await simpleRelation(refA, refB, roundingLimit(refA.dtype, refB.dtype, unit), signal));
}

const agreeing: ReadonlySet<ComparisonStatus> = new Set(['equal', 'close', 'rounding']);

/** A tensor as its file lists it; without a ref where it is not decoded. */
interface Entry extends Pick<TensorRef, 'name' | 'shape'> {
  readonly dtype: string;
  readonly ref?: TensorRef;
}

function listed(dump: Dump): Entry[] {
  return [
    ...dump.tensors.map((ref) => ({ name: ref.name, shape: ref.shape, dtype: ref.dtype, ref })),
    ...(dump.undecoded ?? []).map(({ name, shape, dtypeName }) => ({ name, shape, dtype: dtypeName })),
  ];
}

/** Files of one tensor each, as .npy, are compared whatever they are called. */
function loneTensors(a: Dump, b: Dump): Map<string, string> {
  const [ofA, ofB] = [listed(a), listed(b)];
  return new Map(ofA.length === 1 && ofB.length === 1 ? [[ofA[0].name, ofB[0].name]] : []);
}

/** The tensors of a dump by the names that the reference has for them. */
function renamed(dump: Dump, renames: ReadonlyMap<string, string>): Map<string, Entry> {
  const entries = listed(dump);
  for (const old of renames.keys()) {
    if (!entries.some(({ name }) => name === old || (isPrefix(old) && name.startsWith(old)))) {
      throw new ShapeError(`The first file has no tensor ${quote(old)} to rename.`);
    }
  }
  const byName = new Map<string, Entry>();
  for (const entry of entries) {
    const name = newName(entry.name, renames);
    if (byName.has(name)) {
      throw new ShapeError(`Two tensors of the first file would be called ${quote(name)}.`, {
        advice: 'Rename the other one as well.',
      });
    }
    byName.set(name, entry);
  }
  return byName;
}

function newName(name: string, renames: ReadonlyMap<string, string>): string {
  const prefix = [...renames.keys()]
    .filter((old) => isPrefix(old) && name.startsWith(old))
    .sort((x, y) => y.length - x.length)[0];
  return renames.get(name) ?? (prefix === undefined ? name : renames.get(prefix)! + name.slice(prefix.length));
}

function isPrefix(old: string): boolean {
  return old === '' || /[./]$/.test(old);
}

function orderOf(a: Dump, b: Dump, names: readonly string[]) {
  const ofReference = networkOrder(names, b.metadata);
  return ofReference.guessed ? networkOrder(names, a.metadata) : ofReference;
}

/** Roundoff of an entry's format, 0 where it has none or is too coarse to say anything of the tensors after it. */
function coarsestUnit({ ref }: Entry): number {
  const isRounded = ref !== undefined && dtypes[ref.dtype].kind === 'float' && dtypes[ref.dtype].bytes > 1;
  return isRounded ? unitOf(ref.dtype) : 0;
}

type Compared = Omit<TensorComparison, 'name' | 'nameA'>;

async function compareEntries(a: Entry, b: Entry, unit: number, options: CompareOptions): Promise<Compared> {
  const about = { dtypes: [a.dtype, b.dtype], shapes: [a.shape, b.shape] } as const;
  if (formatShape(a.shape) !== formatShape(b.shape)) {
    return { ...about, status: 'shape' };
  }
  if (a.ref === undefined || b.ref === undefined) {
    return { ...about, status: 'unread' };
  }
  if (isComplex(a.ref) !== isComplex(b.ref)) {
    return { ...about, status: 'kind' };
  }
  const difference = await compareRefs(a.ref, b.ref, options);
  const limit = options.tolerance ? 0 : roundingLimit(a.ref.dtype, b.ref.dtype, unit);
  const worstIndex = difference.worst && unravelIndex(difference.worst.position, b.shape);
  return { ...about, status: statusOf(difference, limit), difference, worstIndex };
}

function isComplex({ dtype }: TensorRef): boolean {
  return dtypes[dtype].kind === 'complex';
}

function statusOf(
  { count, equal, beyond, maskMismatches, maxRel, relL2 }: Difference,
  limit: number,
): ComparisonStatus {
  if (equal === count) {
    return 'equal';
  }
  if (beyond === 0) {
    return 'close';
  }
  return maskMismatches === 0 && maxRel <= limit && relL2 <= limit ? 'rounding' : 'differs';
}

/**
 * Compares two tensors of one shape, reading a stretch of both at a time.
 *
 * @throws FormatError, LimitError if a tensor cannot be read
 */
async function compareRefs(
  a: TensorRef,
  b: TensorRef,
  { tolerance, signal }: Pick<CompareOptions, 'tolerance' | 'signal'> = {},
): Promise<Difference> {
  const cols = b.shape.at(-1) || 1;
  const total = elementCount(b.shape);
  const step = Math.max(1, Math.floor(chunkValues / cols)) * Math.min(cols, chunkValues);
  const tally = new TensorDifference(a.dtype, b.dtype, { ...toleranceOf(a.dtype, b.dtype), ...tolerance }, cols);
  for (let start = 0; start < total; start += step) {
    const end = Math.min(start + step, total);
    tally.add(await readValues(a, start, end, signal), await readValues(b, start, end, signal));
  }
  return tally.result();
}
