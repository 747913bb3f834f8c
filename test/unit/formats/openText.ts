import { MemorySource } from '../../../src/formats/byteSource';
import type { Dump } from '../../../src/formats/dump';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';

/** Opens a text as the file of that name. */
export function openText(fileName: string, text: string): Promise<Dump> {
  return openDump(new MemorySource(new TextEncoder().encode(text)), fileName);
}

/** The tensors in a text by name: shape and values. */
export async function tensorsOf(fileName: string, text: string): Promise<Record<string, unknown>> {
  const { tensors } = await openText(fileName, text);
  const entries = tensors.map(async (ref) => [ref.name, [ref.shape, ...(await readTensor(ref)).values]] as const);
  return Object.fromEntries(await Promise.all(entries));
}
