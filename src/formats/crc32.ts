/** Table k gives the checksum of a byte followed by k zero bytes, so that four bytes can be taken at a time. */
const tables = Array.from({ length: 4 }, () => new Uint32Array(256));
for (let byte = 0; byte < 256; byte++) {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) {
    crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  tables[0][byte] = crc;
}
for (let k = 1; k < 4; k++) {
  for (let byte = 0; byte < 256; byte++) {
    const crc = tables[k - 1][byte];
    tables[k][byte] = tables[0][crc & 0xff] ^ (crc >>> 8);
  }
}

/**
 * The CRC-32 of zip files (ISO 3309, reflected polynomial 0xEDB88320), carried on over further bytes.
 *
 * @param crc   of the bytes before, 0 if there are none
 * @param bytes that follow them
 * @returns     an unsigned 32-bit number
 */
export function crc32(crc: number, bytes: Uint8Array): number {
  const [last, third, second, first] = tables;
  let state = ~crc;
  let i = 0;
  for (; i + 4 <= bytes.length; i += 4) {
    state ^= bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24);
    state = first[state & 0xff] ^ second[(state >>> 8) & 0xff] ^ third[(state >>> 16) & 0xff] ^ last[state >>> 24];
  }
  for (; i < bytes.length; i++) {
    state = last[(state ^ bytes[i]) & 0xff] ^ (state >>> 8);
  }
  return ~state >>> 0;
}
