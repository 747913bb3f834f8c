import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { DumpDocument } from '../../src/editor/dumpDocument';
import type { Opened } from '../../src/protocol';
import { inspectorOf } from './inspectorOf';
import { MemoryFiles } from './memoryFiles';
import { sampleUri } from './samples';
import { closeAll, tabs } from './tabs';
import { until } from './until';

const scheme = 'memory-files';
const uriOf = (path: string) => vscode.Uri.from({ scheme, path });

describe('a dump on a virtual file system', () => {
  let files: MemoryFiles;
  let registration: vscode.Disposable;

  beforeEach(() => {
    files = new MemoryFiles();
    registration = vscode.workspace.registerFileSystemProvider(scheme, files, { isReadonly: true });
  });
  afterEach(async () => {
    await closeAll();
    await limitTo(undefined);
    registration.dispose();
  });

  it('is read whole and shown in the inspector', async () => {
    files.put('/residual.npy', await vscode.workspace.fs.readFile(sampleUri('residual.npy')));
    await show('/residual.npy');
    await until('the page to have the file read', () => files.reads.includes('/residual.npy') || undefined);
    const { listing } = await read('/residual.npy');
    assert.deepEqual(
      listing?.tensors.map(({ name, dtype }) => [name, dtype]),
      [['residual', 'float32']],
    );
  });

  it('is refused above the limit by its size and the setting, before a byte of it is read', async () => {
    files.putUnreadable('/large.npy', 250_000_001);
    await show('/large.npy');
    const { problem } = await read('/large.npy');
    assert.equal(
      problem?.message,
      `large.npy has 251 MB and could only be read as a whole from “${scheme}:”; the limit for that is 200 MB.`,
    );
    assert.match(problem.advice ?? '', /normscope\.virtualFileLimit/);
    assert.deepEqual(files.reads, []);
  });

  it('is shown as soon as the limit is raised', async () => {
    const bytes = await vscode.workspace.fs.readFile(sampleUri('residual.npy'));
    files.put('/residual.npy', bytes);
    await limitTo(bytes.length / 2e6);
    await show('/residual.npy');
    const document = new DumpDocument(uriOf('/residual.npy'));
    const inspector = inspectorOf(document);
    try {
      assert.match((await inspector.reopen()).problem?.message ?? '', /the limit for that is/);
      assert.deepEqual(files.reads, []);
      const changed = new Promise<void>((resolve) => document.onDidChange(resolve));
      await limitTo(bytes.length / 1e6);
      await changed;
      assert.equal(await inspector.reload(), true);
      assert.equal((await inspector.reopen()).listing?.byteLength, bytes.length);
    } finally {
      await inspector.dispose();
      document.dispose();
    }
  });
});

/** Opens a file without being told how, which is to be in the inspector. */
async function show(path: string): Promise<void> {
  await vscode.commands.executeCommand('vscode.open', uriOf(path));
  await until('the dump', () =>
    tabs().find(({ input }) => input instanceof vscode.TabInputCustom && input.uri.path === path),
  );
}

/** What the page of a file is told when it asks for it. */
async function read(path: string): Promise<Opened> {
  const document = new DumpDocument(uriOf(path));
  const inspector = inspectorOf(document);
  try {
    return await inspector.reopen();
  } finally {
    await inspector.dispose();
    document.dispose();
  }
}

/** @param megabytes undefined for what the setting is by default */
async function limitTo(megabytes: number | undefined): Promise<void> {
  await vscode.workspace
    .getConfiguration('normscope')
    .update('virtualFileLimit', megabytes, vscode.ConfigurationTarget.Global);
}
