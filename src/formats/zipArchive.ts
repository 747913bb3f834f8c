import type { FileEntry } from '@zip.js/zip.js';
import { FormatError } from '../tensor/errors';
import type { ByteSource } from './byteSource';
import type { InflatedMember } from './inflatedMember';
import { quote } from './quote';
import { RecentBytes } from './recentBytes';
import type { StoredMember } from './storedMember';
import { readZipDirectory } from './zipDirectory';
import { openZipMember, type ZipFormat } from './zipMember';

/** Inflated members held in memory per file: enough for the tensors of one norm in most dumps. */
const maxHeldBytes = 2 ** 28;

/** A zip file whose directory is read; its members are opened one by one. */
export class ZipArchive {
  private readonly recent = new RecentBytes(maxHeldBytes);

  private constructor(
    private readonly source: ByteSource,
    /** By name; as in Python's zipfile, the last of several members with one name counts. */
    private readonly entries: ReadonlyMap<string, FileEntry>,
    /** Whether several members have the same name. */
    readonly hasNamesakes: boolean,
  ) {}

  /**
   * Reads the directory.
   *
   * @param formatName for messages
   * @throws FormatError, LimitError as `readZipDirectory` does
   */
  static async open(source: ByteSource, formatName: string, signal?: AbortSignal): Promise<ZipArchive> {
    const entries = await readZipDirectory(source, formatName, signal);
    const byName = new Map(entries.map((entry) => [entry.filename, entry]));
    return new ZipArchive(source, byName, byName.size < entries.length);
  }

  /** Names of the members, in the order of the directory. */
  get names(): string[] {
    return [...this.entries.keys()];
  }

  /**
   * Opens the member of a name.
   *
   * @throws FormatError if there is none, or as `openZipMember` does
   */
  async member(name: string, format: ZipFormat, signal?: AbortSignal): Promise<StoredMember | InflatedMember> {
    const entry = this.entries.get(name);
    if (entry === undefined) {
      throw new FormatError(format.name, `the zip file has no member ${quote(name)}`);
    }
    return openZipMember(entry, this.source, this.recent, format, signal);
  }
}
