// Damages files of every format in thousands of ways and opens them: `npm run fuzz`, or `npm run fuzz -- --runs 500 --seed 1 pt`.
import { join } from 'node:path';
import { run } from './lib/children.mjs';
import { fuzzCommand } from './lib/fuzzCommand.mjs';
import { install } from './lib/install.mjs';
import { root } from './lib/paths.mjs';

await install();
const program = join(root, 'dist', 'test', 'fuzz.js');
await run(process.execPath, [...(await fuzzCommand(program)), ...process.argv.slice(2)], { cwd: root, show: true });
