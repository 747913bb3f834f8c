import { FormatError, LimitError } from '../tensor/errors';
import type { ByteSource } from './byteSource';

/** Bytes read at a time; the caller's thread is free between two reads. */
const chunkBytes = 1 << 20;

/** A line longer than any table or log has; its numbers belong in a dump. */
const maxLineLength = 1 << 26;

/** A line of a text. */
export interface TextLine {
  /** Without its end. */
  readonly text: string;
  /** Counted from 1. */
  readonly number: number;
  /** Whether a line end follows; false for what may be half written at the end of a file. */
  readonly ended: boolean;
}

/**
 * The lines of a UTF-8 text of any length, read as they are asked for. Lines end with LF or CRLF; a byte order mark is left
 * out.
 *
 * @param format for messages
 * @throws FormatError if the bytes are not UTF-8; LimitError if a line is longer than 64 Mi characters
 */
export async function* textLines(source: ByteSource, format: string, signal?: AbortSignal): AsyncGenerator<TextLine> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  let number = 0;
  for (let start = 0; start < source.size; start += chunkBytes) {
    signal?.throwIfAborted();
    const end = Math.min(start + chunkBytes, source.size);
    const bytes = await source.read(start, end, signal);
    const lines = (rest + decode(decoder, bytes, end < source.size, format, start)).split('\n');
    rest = lines.pop()!;
    for (const line of lines) {
      yield { text: line.endsWith('\r') ? line.slice(0, -1) : line, number: ++number, ended: true };
    }
    if (rest.length > maxLineLength) {
      throw new LimitError(`${format}: line ${number + 1} has more than ${maxLineLength} characters.`, {
        advice: 'Save arrays of this size as .npy or .safetensors.',
      });
    }
  }
  if (rest !== '') {
    yield { text: rest, number: number + 1, ended: false };
  }
}

function decode(
  decoder: InstanceType<typeof TextDecoder>,
  bytes: Uint8Array,
  stream: boolean,
  format: string,
  start: number,
): string {
  try {
    return decoder.decode(bytes, { stream });
  } catch (cause) {
    const place = `between bytes ${start} and ${start + bytes.length}`;
    throw new FormatError(format, `the text is not valid UTF-8 ${place}`, undefined, {
      advice: 'Save the file with the encoding UTF-8.',
      cause,
    });
  }
}
