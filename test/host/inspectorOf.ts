import { strict as assert } from 'node:assert';
import * as vscode from 'vscode';
import { PageInspector } from '../../src/compute/pageInspector';
import type { DumpDocument } from '../../src/editor/dumpDocument';
import { inspectorThreads } from '../../src/editor/inspectorThreads';

/** The inspector of a dump on a thread of its own, as its page has one; whoever asks for it ends it. */
export function inspectorOf({ uri, answers }: DumpDocument): PageInspector {
  const extension = vscode.extensions.getExtension('normscope.normscope');
  assert(extension, 'the extension is there');
  const file = { uri: uri.toString(), name: uri.path.slice(uri.path.lastIndexOf('/') + 1) };
  return new PageInspector(inspectorThreads(extension.extensionUri), { kind: 'dump', file }, answers);
}
