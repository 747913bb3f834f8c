import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MemorySource } from '../../../src/formats/byteSource';
import type { Dump } from '../../../src/formats/dump';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import type { NormCase } from '../../../src/norm/normCase';
import { defaultSpec } from '../../../src/norm/normSpec';
import { findCases } from '../../../src/norm/sites';
import type { Tensor } from '../../../src/tensor/tensor';

/** Opens a dump of the fixtures. */
export async function openFixture(path: string): Promise<Dump> {
  return openDump(new MemorySource(await readFile(`test/fixtures/${path}`)), basename(path));
}

/** Every norm of a dump as a case, by its site. */
export async function casesOf(dump: Dump): Promise<Map<string, NormCase>> {
  const refs = new Map(dump.tensors.map((ref) => [ref.name, ref]));
  const cases = new Map<string, NormCase>();
  for (const { site, kind, eps, tensors } of findCases(dump.tensors, dump.metadata)) {
    const read: Record<string, Tensor> = {};
    for (const [role, name] of Object.entries(tensors)) {
      read[role] = await readTensor(refs.get(name)!);
    }
    cases.set(site, { spec: { ...defaultSpec(kind), eps }, x: read.x, ...read });
  }
  return cases;
}
