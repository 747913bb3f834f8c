import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fuzzCommand } from '../../../scripts/lib/fuzzCommand.mjs';

const run = promisify(execFile);
let folder: string;
let command: string[];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'normscope-fuzz-'));
  command = await fuzzCommand(join(folder, 'fuzz.js'));
}, 60_000);
afterAll(() => rm(folder, { recursive: true }));

describe('damaged files', () => {
  it(
    'are read or refused, within two seconds and 300 MB, and reach nothing outside',
    { timeout: 300_000 },
    async () => {
      const { stdout } = await run(process.execPath, [...command, '--runs', '500', '--seed', '1']);
      const formats = stdout.match(/^\w+(?=: \d+ read, \d+ refused)/gm);
      expect(formats).toEqual(expect.arrayContaining([...(await readdir('test/fixtures/formats')), 'gguf', 'raw']));
    },
  );

  it('are opened only where nothing can be written or started', async () => {
    const unguarded = command.filter((argument) => !argument.includes('permission'));
    await expect(
      run(
        process.execPath,
        unguarded.filter((argument) => !argument.startsWith('--allow')),
      ),
    ).rejects.toThrow('Node was started so that fs.write, child, worker is allowed');
  });
});
