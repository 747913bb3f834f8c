import { join } from 'node:path';
import { root } from './paths.mjs';

/** The bundle of test/host: its `run()` is what an extension host calls. */
export const hostBundle = join(root, 'dist', 'test', 'host.js');

/** Where that run leaves its counts. */
export const hostResult = join(root, 'test-results', 'host.json');
