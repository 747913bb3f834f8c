import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';
import { FormatError, LimitError } from '../../../src/tensor/errors';
import { elementCount } from '../../../src/tensor/shape';

/** One change of a file; positions and lengths are parts of its size. */
type Mutation =
  | { kind: 'truncate'; at: number }
  | { kind: 'flip'; at: number; bit: number }
  | { kind: 'overwrite'; at: number; bytes: Uint8Array }
  | { kind: 'splice'; at: number; from: number; length: number };

const part = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
/** Headers and directories are where faults matter, and they are short: half of all changes hit the first or last bytes. */
const place = fc.oneof(part, part.map((x) => x / 50), part.map((x) => 1 - x / 50)); // prettier-ignore
/** What a length field becomes: huge, negative, the largest of its type. */
const oversized = fc.oneof(
  fc.constantFrom([0xff, 0xff, 0xff, 0xff], [0xff, 0xff, 0xff, 0x7f], [0, 0, 0, 0, 0, 0, 0x20, 0], [0xff, 0xff]),
  fc.constantFrom('999999999999', '-1', '4294967296', '1e99', '9007199254740993').map((text) => [...Buffer.from(text)]),
);
const mutation: fc.Arbitrary<Mutation> = fc.oneof(
  fc.record({ kind: fc.constant('truncate' as const), at: part }),
  fc.record({ kind: fc.constant('flip' as const), at: place, bit: fc.nat(7) }),
  fc.record({
    kind: fc.constant('overwrite' as const),
    at: place,
    bytes: fc.oneof(oversized.map((bytes) => Uint8Array.from(bytes)), fc.uint8Array({ maxLength: 8 })), // prettier-ignore
  }),
  fc.record({ kind: fc.constant('splice' as const), at: place, from: place, length: part.map((x) => x / 10) }),
);

function mutate(file: Uint8Array, mutations: readonly Mutation[]): Uint8Array {
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
        return Uint8Array.of(...bytes.subarray(0, at), ...change.bytes, ...bytes.subarray(at + change.bytes.length));
      case 'splice': {
        const copied = bytes.subarray(index(change.from), index(change.from) + index(change.length));
        return Uint8Array.of(...bytes.subarray(0, at), ...copied, ...bytes.subarray(at));
      }
    }
  }, file);
}

/** Opens a file and reads all of it; a refusal is returned, anything else thrown. */
async function outcomeOf(bytes: Uint8Array, fileName: string): Promise<string> {
  try {
    const { tensors } = await openDump(new MemorySource(bytes), fileName);
    for (const ref of tensors) {
      const { values, dtype, shape } = await readTensor(ref);
      expect(values).toHaveLength(elementCount(shape) * (dtype.startsWith('complex') ? 2 : 1));
    }
    return 'read';
  } catch (error) {
    if (error instanceof FormatError || error instanceof LimitError) {
      expect(error.message).toMatch(/^\w+: [\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u);
      return 'refused';
    }
    throw error;
  }
}

describe.each(['npy', 'npz', 'safetensors', 'pt'])('a damaged %s file', (format) => {
  const folder = `test/fixtures/formats/${format}`;
  const files = readdirSync(folder)
    .filter((name) => name.endsWith(`.${format}`) && !name.startsWith('bad_') && name !== 'highly_compressed.npz')
    .map((name) => Uint8Array.from(readFileSync(`${folder}/${name}`)));

  it('is read or refused, and nothing else, within two seconds', async () => {
    const outcomes = new Set<string>();
    const damaged = fc.record({
      file: fc.constantFrom(...files),
      mutations: fc.array(mutation, { minLength: 1, maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(damaged, async ({ file, mutations }) => {
        const start = performance.now();
        outcomes.add(await outcomeOf(mutate(file, mutations), `x.${format}`));
        expect(performance.now() - start).toBeLessThan(2000);
      }),
      { numRuns: 500 },
    );
    expect([...outcomes].sort()).toEqual(['read', 'refused']);
  });
});
