import type { ByteSource } from './byteSource';
import type { StridedAxis, StridedBox } from './stridedBox';

/** Reading over a gap of so many bytes costs no more than another read. */
const maxGapBytes = 1 << 14;

/** Bytes read at a time: large enough for the disk, small enough to hold beside the values. */
const maxSpanBytes = 1 << 26;

/** An axis of a box, and where its elements go. */
interface GatherAxis extends StridedAxis {
  /** Bytes from one element to the next in the output, which is in C order. */
  readonly outStride: number;
}

/** How to read a box: one read covers the inner axes, which is repeated along the outer ones. Shortest strides first. */
export interface GatherPlan {
  readonly byteOffset: number;
  readonly elementBytes: number;
  /** How many elements the box has. */
  readonly elements: number;
  readonly inner: readonly GatherAxis[];
  readonly outer: readonly GatherAxis[];
  /** Elements along the first outer axis that one read covers too. */
  readonly perRead: number;
  /** How many reads it takes. */
  readonly reads: number;
}

/**
 * Plans the reading of a box whose elements are scattered over a file.
 *
 * Axes are taken in the order they lie in the file. As long as the gaps between elements are short, one read covers them
 * and what lies between; beyond a long gap each element gets a read of its own.
 */
export function planGather({ byteOffset, axes }: StridedBox, elementBytes: number): GatherPlan {
  let outStride = elementBytes;
  const ordered = axes
    .toReversed()
    .map((axis) => {
      const gatherAxis = { ...axis, outStride };
      outStride *= axis.length;
      return gatherAxis;
    })
    .sort((a, b) => a.stride - b.stride);
  let span = elementBytes;
  let innerCount = 0;
  for (const { length, stride } of ordered) {
    const covering = span + (length - 1) * stride;
    if (stride - span > maxGapBytes || covering > maxSpanBytes) {
      break;
    }
    span = covering;
    innerCount++;
  }
  const inner = ordered.slice(0, innerCount);
  const outer = ordered.slice(innerCount);
  const perRead =
    outer.length > 0 && outer[0].stride - span <= maxGapBytes
      ? Math.floor((maxSpanBytes - span) / outer[0].stride) + 1
      : 1;
  const reads = outer.reduce((count, { length }, i) => count * (i === 0 ? Math.ceil(length / perRead) : length), 1);
  return { byteOffset, elementBytes, elements: outStride / elementBytes, inner, outer, perRead, reads };
}

/** Carries out a plan: writes the elements of its box to `out` in C order, from byte `outOffset` on. */
export async function gather(
  plan: GatherPlan,
  source: ByteSource,
  out: Uint8Array,
  outOffset: number,
  signal?: AbortSignal,
): Promise<void> {
  const { elementBytes, inner, outer, perRead } = plan;
  const readAt = async (axes: readonly GatherAxis[], start: number, outStart: number): Promise<void> => {
    const span = axes.reduce((bytes, { length, stride }) => bytes + (length - 1) * stride, elementBytes);
    scatter(await source.read(start, start + span, signal), 0, axes, axes.length - 1, out, outStart, elementBytes);
  };
  const walk = async (depth: number, start: number, outStart: number): Promise<void> => {
    const axis = outer[depth];
    const step = depth === 0 ? perRead : 1;
    for (let i = 0; i < axis.length; i += step) {
      const place: [number, number] = [start + i * axis.stride, outStart + i * axis.outStride];
      if (depth > 0) {
        await walk(depth - 1, ...place);
      } else {
        await readAt([...inner, { ...axis, length: Math.min(step, axis.length - i) }], ...place);
      }
    }
  };
  await (outer.length === 0
    ? readAt(inner, plan.byteOffset, outOffset)
    : walk(outer.length - 1, plan.byteOffset, outOffset));
}

/** Copies the elements along the axes up to `depth` from where they lie in `bytes` to where they belong in `out`. */
function scatter(
  bytes: Uint8Array,
  from: number,
  axes: readonly GatherAxis[],
  depth: number,
  out: Uint8Array,
  to: number,
  elementBytes: number,
): void {
  const { length, stride, outStride } = axes[depth];
  if (depth === 0 && stride === elementBytes && outStride === elementBytes) {
    out.set(bytes.subarray(from, from + length * elementBytes), to);
    return;
  }
  for (let i = 0; i < length; i++) {
    if (depth > 0) {
      scatter(bytes, from + i * stride, axes, depth - 1, out, to + i * outStride, elementBytes);
      continue;
    }
    for (let byte = 0; byte < elementBytes; byte++) {
      out[to + i * outStride + byte] = bytes[from + i * stride + byte];
    }
  }
}
