import type { Dump, TensorRef } from '../formats/dump';
import { byteLength, readTensor, readValues } from '../formats/readValues';
import { partAxis } from '../formats/partAxis';
import { sliceRef, type Slice } from '../formats/sliceRef';
import { refuseUndecoded } from '../formats/refuseUndecoded';
import { undecodedNotes } from '../formats/undecodedNotes';
import { featureRoles, scalarRoles, summedRoles, type CaseRole, type NormCase } from '../norm/normCase';
import { defaultSpec, trailingAxes } from '../norm/normSpec';
import { settledSpec } from '../norm/settledSpec';
import { findCases, type CaseNames } from '../norm/sites';
import type { CaseEntry, Listing } from '../protocol';
import { dtypes } from '../tensor/dtype';
import { LimitError } from '../tensor/errors';
import { elementCount, formatShape, type Shape } from '../tensor/shape';
import type { Tensor } from '../tensor/tensor';
import type { LoadedCase } from './inspector';
import type { ReadAllRows } from './streamedRows';

/**
 * What a dump holds, for the page's list.
 *
 * @param scanLimit bytes of values up to which statistics of all tensors are taken at once
 */
export function listingOf(
  dump: Dump,
  { fileName, fileSize, scanLimit }: { fileName: string; fileSize: number; scanLimit: number },
): Listing {
  const readable = dump.tensors.map((ref) => ({
    name: ref.name,
    dtype: ref.dtype,
    shape: ref.shape,
    byteLength: byteLength(ref),
  }));
  const listed = (dump.undecoded ?? []).map(({ name, dtypeName, shape, bytes = 0, reason }) => ({
    name,
    dtype: dtypeName,
    shape,
    byteLength: bytes,
    undecoded: reason,
  }));
  return {
    fileName,
    format: dump.format,
    byteLength: fileSize,
    metadata: dump.metadata,
    tensors: [...readable, ...listed],
    cases: findCases(dump.tensors, dump.metadata),
    notes: [...undecodedNotes(dump), ...dump.notes],
    scanAtOnce: readable.reduce((bytes, tensor) => bytes + tensor.byteLength, 0) <= scanLimit,
  };
}

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
  const notes = [
    ...(dtypes[ref.dtype].kind === 'complex'
      ? [
          'Numbers and norms are of the magnitude; the real and imaginary parts stand in the list as tensors of their own.',
        ]
      : []),
    ...(isWhole
      ? []
      : [
          `Values, γ and β and gradients are of the first ${formatShape(x.shape)} of ${formatShape(ref.shape)}: the tensor holds more ` +
            `than ${maxValues} numbers (setting normscope.maxValues).`,
        ]),
  ];
  const roles: { [role in CaseRole]?: string } = {};
  const tensors: { [role in CaseRole]?: Tensor } = {};
  for (const [role, roleName] of rolesOf(found)) {
    const storedRole = refs.get(roleName);
    if (storedRole === undefined || ((!isWhole || slice !== undefined) && summedRoles.has(role))) {
      continue;
    }
    const roleRef = slice && hasShapeOf(storedRole, stored) ? sliceRef(storedRole, slice) : storedRole;
    if (slice && featureRoles.has(role) && !endsWith(ref.shape, roleRef.shape)) {
      continue; // A slice across the features leaves no row that γ and β would fit.
    }
    roles[role] = roleName;
    tensors[role] =
      featureRoles.has(role) || scalarRoles.has(role)
        ? await readTensor(roleRef, signal)
        : await readHead(roleRef, maxValues, signal);
  }
  const guess: NormCase = { spec: specOf(found, tensors.weight), x, ...tensors };
  const settled = found?.guessed ? settledSpec(guess) : undefined;
  return {
    case: settled ? { ...guess, spec: settled } : guess,
    about: {
      title: name,
      place: listing.fileName,
      byteLength: byteLength(ref),
      roles,
      specOrigin: settled ? 'told by the output' : originOf(found),
      notes,
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
          },
  };
}

function hasShapeOf(a: TensorRef, b: TensorRef): boolean {
  return formatShape(a.shape) === formatShape(b.shape);
}

function endsWith(shape: Shape, end: Shape): boolean {
  return formatShape(shape.slice(Math.max(0, shape.length - end.length))) === formatShape(end);
}

/** The tensor to show first: the input of the first norm found, else the first that has rows to look at. */
export function firstTensor(listing: Listing): string | undefined {
  const readable = listing.tensors.filter(({ undecoded }) => undecoded === undefined);
  const byShape = readable.find(({ shape }) => shape.length >= 2 && elementCount(shape) > 0);
  return listing.cases[0]?.tensors.x ?? byShape?.name ?? readable[0]?.name;
}

function rolesOf(found: CaseEntry | undefined): [CaseRole, string][] {
  const entries = Object.entries(found?.tensors ?? {}) as ['x' | CaseRole, string][];
  return entries.filter((entry): entry is [CaseRole, string] => entry[0] !== 'x');
}

/** The convention of a norm found in a dump: what the file states of it, and PyTorch's for the rest. */
export function specOf(found: CaseNames | undefined, weight: Tensor | undefined): NormCase['spec'] {
  const spec = defaultSpec(found?.kind ?? 'layer_norm');
  return { ...spec, eps: found?.eps ?? spec.eps, axes: trailingAxes(weight?.shape.length || 1), ...found?.stated };
}

function originOf(found: CaseEntry | undefined): string {
  if (found === undefined) {
    return 'PyTorch’s defaults';
  }
  return found.guessed ? 'guessed from the names' : 'stated by the file';
}

/** The whole tensor, or as many of its first values, in C order, as form a tensor and stay within `maxValues`. */
async function readHead(ref: TensorRef, maxValues: number, signal: AbortSignal): Promise<Tensor> {
  const shape = headShape(ref, maxValues);
  const values = await readValues(ref, 0, elementCount(shape), signal);
  return { name: ref.name, dtype: ref.dtype, shape, values };
}

/** The shape itself if it fits; else the first axis that can be cut so that the rest fits is, those before it cut to one. */
function headShape({ name, shape }: TensorRef, maxValues: number): Shape {
  if (elementCount(shape) <= maxValues) {
    return shape;
  }
  const axis = shape.findIndex((_, i) => elementCount(shape.slice(i + 1)) <= maxValues);
  if (axis === shape.length - 1 && shape[axis] > maxValues) {
    throw new LimitError(
      `A row of "${name}" ${formatShape(shape)} has ${shape[axis]} numbers; the limit is ${maxValues}.`,
      {
        advice: 'Raise the setting normscope.maxValues.',
      },
    );
  }
  const rest = shape.slice(axis + 1);
  return [...shape.slice(0, axis).fill(1), Math.floor(maxValues / elementCount(rest)), ...rest];
}
