import * as vscode from 'vscode';
import type { HostAnswers } from '../compute/inspectorCalls';
import type { RawLayout } from '../formats/rawArray';
import { FileWatch } from './fileWatch';
import { askRawLayout, rawLayoutsSetting, rememberedLayout } from './rawLayout';
import { megabyte, setting } from './settings';
import { wantedFiles } from './wantedFiles';

/** The settings that decide whether a file can be read: one that was refused is shown as soon as they allow it. */
const decisive = [rawLayoutsSetting, 'virtualFileLimit'];

/** One dump file, whose pages read it themselves: tells them when it may read differently, and what the editor knows of it. */
export class DumpDocument implements vscode.CustomDocument {
  private readonly change = new vscode.EventEmitter<void>();
  private readonly watch: vscode.Disposable;
  private asked?: Promise<RawLayout | undefined>;

  constructor(readonly uri: vscode.Uri) {
    this.watch = vscode.Disposable.from(
      this.change,
      new FileWatch(uri, () => this.change.fire()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (decisive.some((name) => event.affectsConfiguration(`normscope.${name}`, uri))) {
          this.change.fire();
        }
      }),
    );
  }

  /** The file has changed, or what decides whether it can be read. */
  get onDidChange(): vscode.Event<void> {
    return this.change.event;
  }

  /** What the inspectors of this file are told. */
  readonly answers: HostAnswers = {
    ...wantedFiles,
    settings: async () => ({
      maxValues: setting('maxValues', this.uri),
      scanLimit: setting('statisticsLimit', this.uri) * megabyte,
      ignoredFindings: vscode.workspace.getConfiguration('normscope', this.uri).get<string[]>('findings.ignore')!,
    }),
    rawLayout: async ({ size, ask }) => rememberedLayout(this.uri) ?? (ask ? this.askLayout(size) : undefined),
    revealSource: async () => {
      await vscode.commands.executeCommand('vscode.openWith', this.uri, 'default');
    },
  };

  dispose(): void {
    this.watch.dispose();
  }

  /** Asks once, however many pages show the file. */
  private askLayout(size: number): Promise<RawLayout | undefined> {
    this.asked ??= askRawLayout(this.uri, size).finally(() => (this.asked = undefined));
    return this.asked;
  }
}
