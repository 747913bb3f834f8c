import type { Dump } from '../../formats/dump';
import { byteLength, readTensor } from '../../formats/readValues';
import { geometryOf, type Geometry } from '../../norm/geometry';
import { forward, type Forward } from '../../norm/forward';
import type { CaseRole, NormCase } from '../../norm/normCase';
import type { NormSpec } from '../../norm/normSpec';
import { parametersOf, type NormParameters } from '../../norm/parameters';
import { settledSpec } from '../../norm/identify/settledSpec';
import { isNormName, type CaseNames } from '../../norm/sites';
import { InputError } from '../../tensor/errors';
import { unravelIndex } from '../../tensor/shape';
import { toFloat64, type Tensor } from '../../tensor/tensor';
import { specOf } from '../dumpCase';

/** A norm of a dump, read and run forward under the convention that is stated of it, or that its output tells. */
export interface NormSite {
  readonly names: CaseNames;
  readonly toldBy: SpecSource;
  /** True where neither the file states the convention nor the output tells it: a fault may be one of the guess. */
  readonly guessed: boolean;
  readonly normCase: NormCase;
  readonly geometry: Geometry;
  readonly parameters: NormParameters;
  /** In C order. */
  readonly x: Float64Array;
  readonly forward: Forward;
}

/** What a convention is known from; peers are the other norms that are named like it. */
export type SpecSource = 'file' | 'output' | 'names' | 'peers';

/** Bytes of one tensor of a site: its float64 copies take some ten times as much. */
const maxBytes = 2 ** 26;

/**
 * Reads a norm with all its tensors.
 *
 * @param ofPeers the convention to hold it against, instead of what the file and the output tell of its own
 * @returns a sentence instead where it is too large or its tensors do not fit together; undefined where it is no norm after
 *          all: it has a weight, but neither its name nor its output speaks for one, as of a LayerScale
 */
export async function readSite(
  dump: Dump,
  names: CaseNames,
  signal?: AbortSignal,
  ofPeers?: NormSpec,
): Promise<NormSite | string | undefined> {
  const refs = new Map(dump.tensors.map((ref) => [ref.name, ref]));
  const tensors: Partial<Record<'x' | CaseRole, Tensor>> = {};
  try {
    for (const [role, name] of Object.entries(names.tensors) as ['x' | CaseRole, string][]) {
      const ref = refs.get(name)!;
      if (byteLength(ref) > maxBytes) {
        return `${names.site || name} was passed over: ${name} takes ${byteLength(ref)} bytes, and at most ${maxBytes} are examined.`;
      }
      tensors[role] = await readTensor(ref, signal);
    }
    const { x, ...rest } = tensors as typeof tensors & { x: Tensor };
    const stated: NormCase = { spec: ofPeers ?? specOf(names, rest.weight), x, ...rest };
    const settled = names.guessed && !ofPeers ? settledSpec(stated) : undefined;
    const toldBy = ofPeers ? 'peers' : !names.guessed ? 'file' : settled ? 'output' : 'names';
    if (toldBy === 'names' && rest.output && !isNormName(names.site)) {
      return undefined;
    }
    const normCase = settled ? { ...stated, spec: settled } : stated;
    const geometry = geometryOf(normCase);
    const parameters = parametersOf(normCase);
    const values = toFloat64(x);
    return {
      names,
      toldBy,
      guessed: toldBy === 'names' || toldBy === 'peers',
      normCase,
      geometry,
      parameters,
      x: values,
      forward: forward(normCase.spec, x.shape, values, parameters),
    };
  } catch (error) {
    if (error instanceof InputError) {
      return `${names.site || names.tensors.x} was passed over: ${error.message}`;
    }
    throw error;
  }
}

/** Indices of a row along the axes that rows are counted along. */
export function rowIndex({ geometry }: NormSite, row: number): number[] {
  return unravelIndex(row, geometry.leadingShape);
}
