import type { Dump } from '../formats/dump';
import { byteLength } from '../formats/readValues';
import { undecodedNotes } from '../formats/undecodedNotes';
import { findCases } from '../norm/sites';
import type { Listing } from '../protocol';
import { elementCount } from '../tensor/shape';

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

/** The tensor to show first: the input of the first norm found, else the first that has rows to look at. */
export function firstTensor(listing: Listing): string | undefined {
  const readable = listing.tensors.filter(({ undecoded }) => undecoded === undefined);
  const byShape = readable.find(({ shape }) => shape.length >= 2 && elementCount(shape) > 0);
  return listing.cases[0]?.tensors.x ?? byShape?.name ?? readable[0]?.name;
}
