import { parentPort, workerData } from 'node:worker_threads';
import { serveInspector, type ServedInspector } from './serveInspector';

/** What the thread of a page's inspector runs. */

serveInspector(parentPort!, workerData as ServedInspector);
