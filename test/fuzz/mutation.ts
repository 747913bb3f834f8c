import fc from 'fast-check';

/** One change of a file; positions and lengths are parts of its size. */
export type Mutation =
  | { kind: 'truncate'; at: number }
  | { kind: 'flip'; at: number; bit: number }
  | { kind: 'overwrite'; at: number; bytes: Uint8Array }
  | { kind: 'splice'; at: number; from: number; length: number };

const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

/** Headers and directories are where faults matter, and they are short: half of all changes hit the first or last bytes. */
const place = fc.oneof(part, part.map((x) => x / 50), part.map((x) => 1 - x / 50)); // prettier-ignore

/** What a length field becomes: huge, negative, the largest of its type, a text that says so. */
const oversized = fc.oneof(
  fc.constantFrom(
    [0xff],
    [0xff, 0xff],
    [0xff, 0xff, 0xff, 0xff],
    [0xff, 0xff, 0xff, 0x7f],
    [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f],
    [0, 0, 0, 0, 0, 0, 0x20, 0],
    [0, 0, 0, 0x40, 0, 0, 0, 0],
  ),
  fc.constantFrom('999999999999', '-1', '4294967296', '1e99', '9007199254740993').map((text) => [...Buffer.from(text)]),
);

/** Any change that a broken disk, a bad line or an ill-meaning writer could make. */
export const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('truncate' as const), at: part }),
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({
    kind: fc.constant('overwrite' as const),
    at: place,
    bytes: fc.oneof(oversized.map((bytes) => Uint8Array.from(bytes)), fc.uint8Array({ maxLength: 8 })), // prettier-ignore
  }),
  fc.record({ kind: fc.constant('splice' as const), at: place, from: place, length: part.map((x) => x / 10) }),
);

/** The file after some changes. */
export function mutate(file: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
  return mutations.reduce((bytes, change) => {
    const index = (portion: number) => Math.floor(portion * bytes.length);
    const at = index(change.at);
    switch (change.kind) {
      case 'truncate':
        return bytes.slice(0, at);
      case 'flip': {
        const flipped = bytes.slice();
        flipped[at] ^= 1 << change.bit;
        return flipped;
      }
      case 'overwrite':
        return joined(bytes.subarray(0, at), change.bytes, bytes.subarray(at + change.bytes.length));
      case 'splice': {
        const from = index(change.from);
        return joined(bytes.subarray(0, at), bytes.subarray(from, from + index(change.length)), bytes.subarray(at));
      }
    }
  }, file);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(Buffer.concat(parts));
}
