import type { Dump, TensorRef } from '../formats/dump';
import { byteLength, readTensor, readValues } from '../formats/readValues';
import { partAxis } from '../formats/partAxis';
import { sliceRef, type Slice } from '../formats/sliceRef';
import { refuseUndecoded } from '../formats/refuseUndecoded';
import { featureRoles, scalarRoles, summedRoles, type CaseRole, type NormCase } from '../norm/normCase';
import { defaultSpec, trailingAxes } from '../norm/normSpec';
import { settledSpec } from '../norm/identify/settledSpec';
import type { CaseNames } from '../norm/sites';
import type { Listing } from '../protocol';
import { dtypes } from '../tensor/dtype';
import { formatShape, type Shape } from '../tensor/shape';
import { toFloat64, type Tensor } from '../tensor/tensor';
import type { LoadedCase } from './inspector';
import { readHead } from './readHead';
import type { ReadAllRows } from './streamedRows';

/**
 * Reads one tensor of a dump; if it is the input of a norm, the tensors that belong to it come along.
 *
 * @param maxValues   read at most so many values of x: of a larger tensor the first rows, which a note then says
 * @param readAllRows takes the moments of all rows of such a tensor
 * @param slice       which part of the tensor to look at; what came along and has its shape is sliced alike
 * @throws LimitError if not even one row fits; ShapeError if the tensor has no such slice
 */
export async function loadCase(
  dump: Dump,
  listing: Listing,
  name: string,
  maxValues: number,
  signal: AbortSignal,
  readAllRows?: ReadAllRows,
  slice?: Slice,
): Promise<LoadedCase | undefined> {
  const refs = new Map(dump.tensors.map((ref) => [ref.name, ref]));
  const stored = refs.get(name);
  if (stored === undefined) {
    refuseUndecoded(dump, name);
    return undefined;
  }
  const ref = slice ? sliceRef(stored, slice) : stored;
  const found = listing.cases.find(({ tensors }) => tensors.x === name);
  const head = await readHead(ref, maxValues, signal);
  // A norm needs an axis; a single number is a row of one.
  const x = ref.shape.length === 0 ? { ...head, shape: [1] } : head;
  const isWhole = head.shape === ref.shape;
  const companions = companionsOf(found, refs, { stored, ref, slice, isWhole });
  const tensors: { [role in CaseRole]?: Tensor } = {};
  for (const [role, companion] of companions) {
    tensors[role] =
      featureRoles.has(role) || scalarRoles.has(role)
        ? await readTensor(companion, signal)
        : await readHead(companion, maxValues, signal);
  }
  const guess: NormCase = { spec: specOf(found, tensors.weight), x, ...tensors };
  const settled = found?.guessed ? settledSpec(guess) : undefined;
  return {
    case: settled ? { ...guess, spec: settled } : guess,
    about: {
      title: name,
      place: listing.fileName,
      byteLength: byteLength(ref),
      roles: Object.fromEntries(companions.map(([role, companion]) => [role, companion.name])),
      specOrigin: settled ? 'told by the output' : originOf(found),
      notes: notesOf(ref, head.shape, maxValues),
      wholeShape: stored.shape,
      slice,
    },
    allRows:
      isWhole || !readAllRows
        ? undefined
        : {
            shape: ref.shape,
            byteLength: byteLength(ref),
            read: ({ axes, parted }, options) =>
              readAllRows(parted ? partAxis(ref, parted.axis, parted.parts) : ref, axes, options),
            readRow: async (row, length, signal) => {
              const values = await readValues(ref, row * length, (row + 1) * length, signal);
              return toFloat64({ name, dtype: ref.dtype, shape: [length], values });
            },
          },
  };
}

/** x as it is read: the part of a stored tensor, and whether all of that part. */
interface Looked {
  readonly stored: TensorRef;
  readonly ref: TensorRef;
  readonly slice?: Slice;
  readonly isWhole: boolean;
}

/** What comes along with x, sliced alike; without what does not belong to a part of it. */
function companionsOf(
  found: CaseNames | undefined,
  refs: ReadonlyMap<string, TensorRef>,
  { stored, ref, slice, isWhole }: Looked,
): [CaseRole, TensorRef][] {
  return rolesOf(found).flatMap(([role, name]): [CaseRole, TensorRef][] => {
    const whole = refs.get(name);
    if (whole === undefined || ((!isWhole || slice !== undefined) && summedRoles.has(role))) {
      return [];
    }
    const companion = slice && hasShapeOf(whole, stored) ? sliceRef(whole, slice) : whole;
    // A slice across the features leaves no row that γ and β would fit.
    return slice && featureRoles.has(role) && !endsWith(ref.shape, companion.shape) ? [] : [[role, companion]];
  });
}

/** What to know before the numbers of a tensor are trusted of which `shape` was read. */
function notesOf(ref: TensorRef, shape: Shape, maxValues: number): string[] {
  const ofMagnitude =
    'Numbers and norms are of the magnitude; the real and imaginary parts stand in the list as tensors of their own.';
  const ofHead =
    `Values, γ and β and gradients are of the first ${formatShape(shape)} of ${formatShape(ref.shape)}: the tensor holds more ` +
    `than ${maxValues} numbers (setting normscope.maxValues).`;
  return [...(dtypes[ref.dtype].kind === 'complex' ? [ofMagnitude] : []), ...(shape === ref.shape ? [] : [ofHead])];
}

function hasShapeOf(a: TensorRef, b: TensorRef): boolean {
  return formatShape(a.shape) === formatShape(b.shape);
}

function endsWith(shape: Shape, end: Shape): boolean {
  return formatShape(shape.slice(Math.max(0, shape.length - end.length))) === formatShape(end);
}

function rolesOf(found: CaseNames | undefined): [CaseRole, string][] {
  const entries = Object.entries(found?.tensors ?? {}) as ['x' | CaseRole, string][];
  return entries.filter((entry): entry is [CaseRole, string] => entry[0] !== 'x');
}

/** The convention of a norm found in a dump: what the file states of it, and PyTorch's for the rest. */
export function specOf(found: CaseNames | undefined, weight: Tensor | undefined): NormCase['spec'] {
  const spec = defaultSpec(found?.kind ?? 'layer_norm');
  return { ...spec, eps: found?.eps ?? spec.eps, axes: trailingAxes(weight?.shape.length || 1), ...found?.stated };
}

function originOf(found: CaseNames | undefined): string {
  if (found === undefined) {
    return 'PyTorch’s defaults';
  }
  return found.guessed ? 'guessed from the names' : 'stated by the file';
}
