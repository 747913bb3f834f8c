import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';
import { withComplexParts } from '../formats/complexParts';
import type { Dump } from '../formats/dump';
import { openDump, UnknownFormatError } from '../formats/openDump';
import { openRaw } from '../formats/rawArray';
import type { Listing } from '../protocol';
import { listingOf } from '../report/dumpCase';
import type { Tell } from '../report/inspector';
import { fileError } from './fileError';
import { FileWatch } from './fileWatch';
import { openResource, type OpenedResource } from './openResource';
import { askRawLayout, rawLayoutsSetting, rememberedLayout } from './rawLayout';
import { megabyte, setting } from './settings';

/** Pauses before a changed file that cannot be read is tried again, in milliseconds: it may be half written, or replaced. */
const retries = [250, 500, 1_000, 2_000];

/** The settings that decide whether a file can be read: one that was refused is shown as soon as they allow it. */
const decisive = [rawLayoutsSetting, 'virtualFileLimit'];

/** A dump whose header is read. */
export interface OpenedDump {
  readonly resource: OpenedResource;
  readonly dump: Dump;
  readonly listing: Listing;
}

/** One dump file: its header is read when a page first asks for it, and again whenever the file has changed. */
export class DumpDocument implements vscode.CustomDocument {
  private opened?: Promise<OpenedDump>;
  /** What was opened before the last change; some request may still read from it. */
  private last?: Promise<OpenedDump>;
  /** Counts the changes, so that of two the later has its way. */
  private changes = 0;
  private readonly change = new vscode.EventEmitter<void>();
  private readonly watch: vscode.Disposable;

  constructor(readonly uri: vscode.Uri) {
    this.watch = vscode.Disposable.from(
      new FileWatch(uri, () => void this.reload()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (decisive.some((name) => event.affectsConfiguration(`normscope.${name}`, uri))) {
          void this.reload();
        }
      }),
    );
  }

  /** The file was read anew, or cannot be any more. */
  get onDidChange(): vscode.Event<void> {
    return this.change.event;
  }

  /**
   * @param tell is told how much there is to read, where that takes long
   * @throws InputError if the file cannot be read
   */
  read(tell: Tell = () => {}): Promise<OpenedDump> {
    this.opened ??= this.open(tell, askRawLayout);
    return this.opened;
  }

  dispose(): void {
    this.changes++;
    this.watch.dispose();
    this.change.dispose();
    close(this.last);
    close(this.opened);
  }

  /** What is shown stays until the file can be read again, or is given up. */
  private async reload(): Promise<void> {
    if (this.opened === undefined) {
      return; // Nobody has looked at it yet.
    }
    const change = ++this.changes;
    let next = this.open();
    for (const pause of retries) {
      if (await isReadable(next)) {
        break;
      }
      await sleep(pause);
      if (change !== this.changes) {
        return;
      }
      next = this.open();
    }
    await isReadable(next);
    if (change !== this.changes) {
      close(next);
      return;
    }
    close(this.last);
    this.last = this.opened;
    this.opened = next;
    this.change.fire();
  }

  /** @param ask asks what a file of no known format holds, where nothing is remembered of it */
  private async open(tell: Tell = () => {}, ask?: typeof askRawLayout): Promise<OpenedDump> {
    const fileName = this.uri.path.split('/').at(-1) ?? '';
    try {
      const resource = await openResource(this.uri, tell);
      try {
        const dump = withComplexParts(await this.openAny(resource, fileName, ask));
        const scanLimit = setting('statisticsLimit', this.uri) * megabyte;
        return { resource, dump, listing: listingOf(dump, { fileName, fileSize: resource.source.size, scanLimit }) };
      } catch (error) {
        await resource.close();
        throw error;
      }
    } catch (error) {
      throw fileError(error, fileName);
    }
  }

  private async openAny(
    { source, sibling }: OpenedResource,
    fileName: string,
    ask?: typeof askRawLayout,
  ): Promise<Dump> {
    try {
      return await openDump(source, fileName, undefined, sibling);
    } catch (error) {
      if (!(error instanceof UnknownFormatError)) {
        throw error;
      }
      const layout = rememberedLayout(this.uri) ?? (await ask?.(this.uri, source));
      if (layout === undefined) {
        const advice = 'Say with “Normscope: Change Raw Layout…” what it holds, if it is nothing but values.';
        throw new UnknownFormatError(error.format, error.reason, undefined, { advice });
      }
      return openRaw(source, fileName, layout);
    }
  }
}

function isReadable(opened: Promise<OpenedDump>): Promise<boolean> {
  return opened.then(
    () => true,
    () => false,
  );
}

function close(opened: Promise<OpenedDump> | undefined): void {
  opened?.then(
    ({ resource }) => resource.close(),
    () => {}, // An unreadable file was closed when it was refused.
  );
}
