import type { ByteSource } from './byteSource';

/** The header that a raw deflate stream lacks to be a zlib stream, which every DecompressionStream reads. */
const zlibHeader = [0x78, 0x9c];

/**
 * The first bytes of deflated data, from little more of it than these need.
 *
 * @param compressed raw deflate data
 * @param length     bytes wanted, at most what a DecompressionStream gives in its first chunk (16 KiB)
 * @returns          fewer bytes if the data does not give as many
 * @throws           whatever the stream throws for damaged data
 */
export async function inflateHead(compressed: ByteSource, length: number, signal?: AbortSignal): Promise<Uint8Array> {
  // Deflate makes no data much longer, so this is ample for any writer that means well.
  const prefix = await compressed.read(0, Math.min(compressed.size, 2 * length + 1024), signal);
  const { readable, writable } = new DecompressionStream('deflate');
  const reader = readable.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  // Asked for before anything is written: the data breaks off, and an error would push out a chunk that nobody waits for.
  const chunk = reader.read();
  const writer = writable.getWriter();
  const writing = Promise.allSettled([writer.write(Uint8Array.of(...zlibHeader, ...prefix)), writer.close()]);
  try {
    return ((await chunk).value ?? new Uint8Array()).subarray(0, length);
  } finally {
    reader.cancel().catch(() => {}); // It fails as the writing does: because the data breaks off.
    await writing;
  }
}
