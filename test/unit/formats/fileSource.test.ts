import { execFileSync } from 'node:child_process';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSource } from '../../../src/formats/fileSource';
import { FormatError } from '../../../src/tensor/errors';

let folder: string;
let path: string;
let source: FileSource;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'normscope-'));
  path = join(folder, 'bytes');
  await writeFile(
    path,
    Uint8Array.from({ length: 100 }, (_, i) => i),
  );
  source = await FileSource.open(path);
});

afterEach(async () => {
  await source.close();
  await rm(folder, { recursive: true });
});

describe('a file', () => {
  it('is read by range', async () => {
    expect(source.size).toBe(100);
    expect([...(await source.read(10, 13))]).toEqual([10, 11, 12]);
    expect(await source.read(100, 100)).toHaveLength(0);
  });

  it('that has become shorter says so', async () => {
    await truncate(path, 50);
    await expect(source.read(40, 60)).rejects.toMatchObject({
      message: `file: ${path} now ends at byte 50; it had 100 bytes when it was opened (byte 50)`,
      advice: 'Open it again once it is written.',
    });
  });

  it('is not read further once the work is cancelled', async () => {
    await expect(source.read(0, 10, AbortSignal.abort())).rejects.toThrow('aborted');
  });

  it('that is a folder is refused, and one that is missing is not found', async () => {
    await expect(FileSource.open(folder)).rejects.toThrow(FormatError);
    await expect(FileSource.open(join(folder, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it.skipIf(process.platform === 'win32')('that is a pipe is refused, and not waited for', async () => {
    const pipe = join(folder, 'pipe.npy');
    execFileSync('mkfifo', [pipe]);
    await expect(FileSource.open(pipe)).rejects.toThrow('is not a regular file');
  });
});
