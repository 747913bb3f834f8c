import { setTimeout as sleep } from 'node:timers/promises';
import { withComplexParts } from '../formats/complexParts';
import type { Dump } from '../formats/dump';
import { openDump, UnknownFormatError } from '../formats/openDump';
import { openRaw } from '../formats/rawArray';
import type { Listing } from '../protocol';
import { listingOf } from '../report/dumpListing';
import type { Tell } from '../report/inspector';
import type { NamedFile } from './inspectorCalls';
import { fileError, openResource, type HostPeer, type OpenedResource } from './openResource';

/** Pauses before a changed file that cannot be read is tried again, in milliseconds: it may be half written, or replaced. */
const retries = [250, 500, 1_000, 2_000];

/** A dump whose header is read. */
export interface OpenedDump {
  readonly resource: OpenedResource;
  readonly dump: Dump;
  readonly listing: Listing;
}

/** One dump file: its header is read when a page first asks for it, and again whenever the file has changed. */
export class DumpFile {
  private opened?: Promise<OpenedDump>;
  /** What was opened before the last change; some request may still read from it. */
  private last?: Promise<OpenedDump>;
  /** Counts the changes, so that of two the later has its way. */
  private changes = 0;

  constructor(
    private readonly host: HostPeer,
    private readonly file: NamedFile,
  ) {}

  /**
   * @param tell is told how much there is to read, where that takes long
   * @throws InputError if the file cannot be read
   */
  read(tell: Tell = () => {}): Promise<OpenedDump> {
    this.opened ??= this.open(tell, true);
    return this.opened;
  }

  /**
   * Reads the file anew. What is shown stays until the file can be read again, or is given up.
   *
   * @param onWait called once the file turns out not to be readable yet
   * @returns whether that changed; not if nobody has looked at the file yet, or it changed once more meanwhile
   */
  async reload(onWait: () => void): Promise<boolean> {
    if (this.opened === undefined) {
      return false;
    }
    const change = ++this.changes;
    let next = this.open();
    for (const pause of retries) {
      if (await isReadable(next)) {
        break;
      }
      onWait();
      await sleep(pause);
      if (change !== this.changes) {
        return false;
      }
      next = this.open();
    }
    await isReadable(next);
    if (change !== this.changes) {
      close(next);
      return false;
    }
    close(this.last);
    this.last = this.opened;
    this.opened = next;
    return true;
  }

  /** @param ask whether a person may be asked what a file of no known format holds */
  private async open(tell: Tell = () => {}, ask = false): Promise<OpenedDump> {
    const { name } = this.file;
    try {
      const resource = await openResource(this.host, this.file, tell);
      try {
        const dump = withComplexParts(await this.openAny(resource, ask));
        const { scanLimit } = await this.host.call('settings', null);
        const fileSize = resource.source.size;
        return { resource, dump, listing: listingOf(dump, { fileName: name, fileSize, scanLimit }) };
      } catch (error) {
        await resource.close();
        throw error;
      }
    } catch (error) {
      throw fileError(error, name);
    }
  }

  private async openAny({ source, sibling }: OpenedResource, ask: boolean): Promise<Dump> {
    const { name } = this.file;
    try {
      return await openDump(source, name, undefined, sibling);
    } catch (error) {
      if (!(error instanceof UnknownFormatError)) {
        throw error;
      }
      const layout = await this.host.call('rawLayout', { size: source.size, ask });
      if (layout === undefined) {
        const advice = 'Say with “Normscope: Change Raw Layout…” what it holds, if it is nothing but values.';
        throw new UnknownFormatError(error.format, error.reason, undefined, { advice });
      }
      return openRaw(source, name, layout);
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
