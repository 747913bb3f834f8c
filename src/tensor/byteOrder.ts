/** Whether this machine, and so every typed array, puts the lowest byte of a word first. */
export const hostIsLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/**
 * A copy of words in the byte order of this machine, if they are in that of a file, and the other way round. It is aligned
 * for any typed array.
 *
 * @param wordBytes     of one word; `bytes` holds whole words
 * @param littleEndian the byte order of the file
 */
export function swapToHost(bytes: Uint8Array, wordBytes: number, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(bytes.length);
  if (wordBytes === 1 || littleEndian === hostIsLittleEndian) {
    copy.set(bytes);
    return copy;
  }
  for (let word = 0; word < bytes.length; word += wordBytes) {
    for (let i = 0; i < wordBytes; i++) {
      copy[word + i] = bytes[word + wordBytes - 1 - i];
    }
  }
  return copy;
}
