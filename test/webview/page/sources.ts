import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { MomentsService } from '../../../src/compute/momentsService';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { loadCase } from '../../../src/report/dumpCase';
import { firstTensor, listingOf } from '../../../src/report/dumpListing';
import { dumpOverview, dumpOverviews } from '../../../src/report/dumpOverview';
import type { Listing } from '../../../src/protocol';
import type { InspectorSource } from '../../../src/report/inspector';
import { caseOfArray, caseOfObject } from '../../../src/report/literalCase';
import { literalAt } from '../../../src/text/literals';
import { objectAt } from '../../../src/text/objects';

/** What the page asked to be shown in the text: rows, by the first and one past the last, and elements by row and column. */
export type Revealed = (readonly number[])[];

/** An array or a case in a text, as the editor inspects it. */
export function literalSource(text: string, revealed: Revealed = []): InspectorSource {
  return {
    load: async () => {
      const object = objectAt(text, 1);
      const found = (object && caseOfObject(object)) ?? caseOfArray(literalAt(text, 1)!);
      const { case: normCase, title, roles, specOrigin } = found;
      const byteLength = normCase.x.values.byteLength;
      return {
        case: normCase,
        about: { title, place: 'scores.json, line 1', byteLength, roles, specOrigin, notes: [] },
      };
    },
    revealRows: async (start, end) => void revealed.push([start, end]),
    revealElement: async (row, column) => void revealed.push([row, column]),
    revealSource: async () => {},
  };
}

/** A text in which another array can take the place of the first. */
export class EditedText implements InspectorSource {
  /** @param current what stands there */
  constructor(private current: InspectorSource) {}

  become(next: InspectorSource): void {
    this.current = next;
  }

  readonly load: InspectorSource['load'] = (...asked) => this.current.load(...asked);
  readonly revealRows: InspectorSource['revealRows'] = (...rows) => this.current.revealRows(...rows);
  readonly revealSource: InspectorSource['revealSource'] = () => this.current.revealSource();
}

/** What an opened dump answers, and lists. */
type DumpSource = InspectorSource & { listing(): Promise<Listing> };

/** A dump file, as the editor opens it. */
export async function dumpSource(path: string, scanLimit = 1e9): Promise<DumpSource> {
  return bytesSource(basename(path), await readFile(path), scanLimit);
}

/** The same of a file that is not on disk. */
export async function bytesSource(fileName: string, content: Uint8Array, scanLimit = 1e9): Promise<DumpSource> {
  const bytes = new MemorySource(content);
  const dump = await openDump(bytes, fileName);
  const listing = listingOf(dump, { fileName, fileSize: bytes.size, scanLimit });
  return {
    overviews: dumpOverviews,
    overview: (view, options, signal) => dumpOverview(dump, view, options, [], signal),
    listing: async () => listing,
    load: async (tensor, signal, slice) =>
      loadCase(dump, listing, tensor ?? firstTensor(listing)!, 1 << 23, signal, undefined, slice),
    scan: (tell, signal) => new MomentsService().dump(dump, tell, signal),
    revealRows: async () => {},
    revealSource: async () => {},
  };
}
