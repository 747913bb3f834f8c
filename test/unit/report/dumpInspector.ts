import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MemorySource } from '../../../src/formats/byteSource';
import { MomentsService } from '../../../src/compute/momentsService';
import { openDump } from '../../../src/formats/openDump';
import { loadCase } from '../../../src/report/dumpCase';
import { firstTensor, listingOf } from '../../../src/report/dumpListing';
import { Inspector, type InspectorSource } from '../../../src/report/inspector';

/** An inspector on a dump file, as the editor makes it. */
export async function inspectorOf(path: string, maxValues = 1 << 23): Promise<Inspector> {
  const source = new MemorySource(await readFile(path));
  const dump = await openDump(source, basename(path));
  const moments = new MomentsService();
  const listing = listingOf(dump, { fileName: basename(path), fileSize: source.size, scanLimit: 0 });
  const inspected: InspectorSource = {
    listing: async () => listing,
    load: async (tensor, signal) =>
      loadCase(dump, listing, tensor ?? firstTensor(listing)!, maxValues, signal, moments.allRows),
    revealRows: async () => {},
    revealSource: async () => {},
  };
  return new Inspector(inspected);
}
