import type { Dump } from '../formats/dump';
import { openDump } from '../formats/openDump';
import type { ComparedPair } from '../report/comparisonSource';
import type { NamedFile } from './inspectorCalls';
import { fileError, openResource, type HostPeer } from './openResource';

/** Two dumps to compare, opened when they are first asked for. */
export class FilePair {
  private dumps?: Promise<readonly [Dump, Dump]>;

  /** @param files the one on trial and the reference */
  constructor(
    private readonly host: HostPeer,
    private readonly files: readonly [NamedFile, NamedFile],
  ) {}

  /** @throws InputError if one cannot be read; the next call tries again */
  async open(): Promise<ComparedPair> {
    this.dumps ??= Promise.all([this.openOne(this.files[0]), this.openOne(this.files[1])]).catch((error: unknown) => {
      this.dumps = undefined;
      throw error;
    });
    const [a, b] = this.files;
    return { names: [a.name, b.name], dumps: await this.dumps };
  }

  private async openOne(file: NamedFile): Promise<Dump> {
    try {
      const resource = await openResource(this.host, file, () => {});
      try {
        return await openDump(resource.source, file.name, undefined, resource.sibling);
      } catch (error) {
        await resource.close();
        throw error;
      }
    } catch (error) {
      throw fileError(error, file.name);
    }
  }
}
