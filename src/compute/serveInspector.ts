import type { ProgressEvent } from '../protocol';
import { ComparisonSource } from '../report/comparisonSource';
import { arrayOrNone } from '../report/findCase';
import { Inspector, StaleError, type InspectorSource } from '../report/inspector';
import { toWire } from '../report/wireNumbers';
import { writtenCase } from '../report/writtenCase';
import { arrayPair, arrayPairSource, placeName } from './arrayPair';
import { DumpSource } from './dumpSource';
import { FilePair } from './filePair';
import type { HostCalls, InspectedThing, InspectorCalls } from './inspectorCalls';
import { joinedCase, LiteralSource } from './literalSource';
import { MomentsService, type ResultMemory } from './momentsService';
import type { HostPeer } from './openResource';
import { Peer, type Port } from './peer';
import { ProgressBatch } from './progressBatch';
import { TextReader } from './textReader';
import { WorkerPool } from './workerPool';

/** What a thread is told of the inspector that it serves. */
export interface ServedInspector {
  readonly thing: InspectedThing;
  /** Number of the first subject. */
  readonly firstId: number;
  /** Workers for scans of files; without them everything is done on the same thread. */
  readonly pool?: { readonly file: string; readonly size: number };
}

/** Answers the host of a page from whatever thread this is, until that ends. */
export function serveInspector(port: Port, { thing, firstId, pool }: ServedInspector): void {
  const host: HostPeer = new Peer<HostCalls, InspectorCalls>(port, {
    handle: async ({ method, params }, signal, tell) => {
      const progress = new ProgressBatch((events) => tell(toWire(events) as readonly ProgressEvent[]));
      try {
        return toWire(await inspector.handle(method, params, signal, (event) => progress.add(event)));
      } finally {
        progress.flush();
      }
    },
    reload: async (_, _signal, tell) => !(source instanceof DumpSource) || source.reload(() => tell('waits')),
    read: async () => {
      const places = await reader.read(true);
      // What does not fit the first is refused; of what does not fit in it the page tells, and follows as it is mended.
      if (places.length > 1) {
        (thing.kind === 'arrays' ? arrayPair : joinedCase)(places);
      }
      return places.map((place) => ({ ranges: place.ranges, name: placeName(place) }));
    },
    find: async ({ text, ranges, maxLength }) => arrayOrNone(text, ranges, { maxLength }),
    rowAt: async (place) => (source instanceof LiteralSource ? source.rowAt(place) : undefined),
    copy: async (format) => {
      if (inspector.shown === undefined) {
        throw new StaleError();
      }
      return writtenCase(inspector.shown, format);
    },
    ping: async () => null,
  });
  const reader = new TextReader(host);
  const source = sourceOf(thing, host, reader, pool);
  const inspector = new Inspector(source, firstId);
}

function sourceOf(
  thing: InspectedThing,
  host: HostPeer,
  reader: TextReader,
  pool: ServedInspector['pool'],
): InspectorSource {
  switch (thing.kind) {
    case 'dump': {
      const memory: ResultMemory = {
        recall: (keys) => host.call('recall', keys),
        remember: (results) => host.call('remember', results),
      };
      return new DumpSource(host, thing.file, new MomentsService(pool && new WorkerPool(pool.file, pool.size), memory));
    }
    case 'files': {
      const pair = new FilePair(host, thing.files);
      return new ComparisonSource(
        () => pair.open(),
        (place) => host.call('revealCompared', place),
      );
    }
    case 'arrays':
      return arrayPairSource(host, reader);
    default:
      return new LiteralSource(host, reader);
  }
}
