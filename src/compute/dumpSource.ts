import type { Slice } from '../formats/sliceRef';
import type { DumpOptions, DumpView, Listing } from '../protocol';
import { loadCase } from '../report/dumpCase';
import { firstTensor } from '../report/dumpListing';
import { dumpOverview, dumpOverviews } from '../report/dumpOverview';
import type { InspectorSource, LoadedCase, Tell } from '../report/inspector';
import type { ViewReport } from '../report/viewReport';
import { DumpFile } from './dumpFile';
import type { NamedFile } from './inspectorCalls';
import type { MomentsService } from './momentsService';
import type { HostPeer } from './openResource';

/** A dump file as the inspector looks at it. */
export class DumpSource implements InspectorSource {
  readonly overviews = dumpOverviews;
  private readonly file: DumpFile;

  constructor(
    private readonly host: HostPeer,
    file: NamedFile,
    private readonly moments: MomentsService,
  ) {
    this.file = new DumpFile(host, file);
  }

  /** As `DumpFile.reload`. */
  reload(onWait: () => void): Promise<boolean> {
    return this.file.reload(onWait);
  }

  async listing(tell: Tell): Promise<Listing> {
    return (await this.file.read(tell)).listing;
  }

  async load(tensor: string | undefined, signal: AbortSignal, slice?: Slice): Promise<LoadedCase | undefined> {
    const { dump, listing } = await this.file.read();
    const name = tensor ?? firstTensor(listing);
    const { maxValues } = await this.host.call('settings', null);
    return name === undefined
      ? undefined
      : loadCase(dump, listing, name, maxValues, signal, this.moments.allRows, slice);
  }

  async scan(tell: Tell, signal: AbortSignal): Promise<void> {
    const { dump } = await this.file.read();
    await this.moments.dump(dump, tell, signal);
  }

  async overview(view: DumpView, options: DumpOptions, signal: AbortSignal): Promise<ViewReport> {
    const { dump } = await this.file.read();
    const { ignoredFindings } = await this.host.call('settings', null);
    return dumpOverview(dump, view, options, ignoredFindings, signal);
  }

  async revealRows(): Promise<void> {
    // The rows of a dump stand in the page's own table.
  }

  async revealSource(): Promise<void> {
    await this.host.call('revealSource', null);
  }
}
