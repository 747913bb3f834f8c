import type { ByteSource, FileStretch } from './byteSource';

/** A stretch of another source as a source of its own. */
export class SourceWindow implements ByteSource {
  /**
   * @param start first byte of the stretch in `source`
   * @param size  bytes of the stretch; the caller has checked that they are there
   */
  constructor(
    private readonly source: ByteSource,
    private readonly start: number,
    readonly size: number,
  ) {}

  get stretch(): FileStretch | undefined {
    return this.within(this.source.stretch);
  }

  get origin(): FileStretch | undefined {
    return this.within(this.source.origin);
  }

  private within(stretch: FileStretch | undefined): FileStretch | undefined {
    return stretch && { ...stretch, start: stretch.start + this.start };
  }

  read(start: number, end: number, signal?: AbortSignal): Promise<Uint8Array> {
    return this.source.read(this.start + start, this.start + end, signal);
  }
}
