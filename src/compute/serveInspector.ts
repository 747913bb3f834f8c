import type { ProgressEvent } from '../protocol';
import { ComparisonSource } from '../report/comparisonSource';
import { Inspector, type InspectorSource } from '../report/inspector';
import { pairOfArrays } from '../report/literalComparison';
import { toWire } from '../report/wireNumbers';
import { DumpSource } from './dumpSource';
import { FilePair } from './filePair';
import type { HostCalls, InspectedThing, InspectorCalls } from './inspectorCalls';
import { MomentsService, type ResultMemory } from './momentsService';
import type { HostPeer } from './openResource';
import { Peer, type Port } from './peer';
import { ProgressBatch } from './progressBatch';
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
    shown: async () => inspector.shown,
    ping: async () => null,
  });
  const source = sourceOf(thing, host, pool);
  const inspector = new Inspector(source, firstId);
}

function sourceOf(thing: InspectedThing, host: HostPeer, pool: ServedInspector['pool']): InspectorSource {
  const revealCompared = (side: 0 | 1, tensor: string, row: number) =>
    host.call('revealCompared', { side, tensor, row });
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
      const [a, b] = thing.files;
      return new ComparisonSource([a.name, b.name], () => pair.open(), revealCompared);
    }
    case 'arrays': {
      const open = async () => pairOfArrays(await host.call('arrays', null));
      return new ComparisonSource(thing.names, open, revealCompared);
    }
    default:
      return {
        load: () => host.call('load', null),
        markRows: (marks) => host.call('markRows', { marks }),
        revealRows: (start, end) => host.call('revealRows', { start, end }),
        revealSource: () => host.call('revealSource', null),
      };
  }
}
