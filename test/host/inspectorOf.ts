import { strict as assert } from 'node:assert';
import { rm } from 'node:fs/promises';
import * as vscode from 'vscode';
import { PageInspector, type InspectorThreads } from '../../src/compute/pageInspector';
import { DumpDocument } from '../../src/editor/dumpDocument';
import { inspectorThreads } from '../../src/editor/inspectorThreads';
import { sampleUri } from './samples';

/** The threads that the extension's pages have. */
export function extensionThreads(): InspectorThreads {
  const extension = vscode.extensions.getExtension('normscope.normscope');
  assert(extension, 'the extension is there');
  return inspectorThreads(extension.extensionUri);
}

/** The inspector of a dump on a thread of its own, as its page has one; whoever asks for it ends it. */
export function inspectorOf({ uri, answers }: DumpDocument): PageInspector {
  const file = { uri: uri.toString(), name: uri.path.slice(uri.path.lastIndexOf('/') + 1) };
  return new PageInspector(extensionThreads(), { kind: 'dump', file }, answers);
}

/**
 * The inspector of a file that stands in the workspace for the tests of one suite.
 *
 * @param write makes the file at a path
 * @returns     the inspector, once the tests run
 */
export function inspectedFile(name: string, write: (path: string) => Promise<void>): () => PageInspector {
  let document: DumpDocument;
  let inspector: PageInspector;
  before(async () => {
    const uri = sampleUri(name);
    await write(uri.fsPath);
    document = new DumpDocument(uri);
    inspector = inspectorOf(document);
  });
  after(async () => {
    await inspector.dispose();
    document.dispose();
    await rm(document.uri.fsPath);
  });
  return () => inspector;
}
