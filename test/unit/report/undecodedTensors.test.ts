import { expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { openDump } from '../../../src/formats/openDump';
import { loadCase } from '../../../src/report/dumpCase';
import { firstTensor, listingOf } from '../../../src/report/dumpListing';
import { safetensorsFile } from '../formats/makeFiles';

it('tensors that are not decoded stand in the list, and are refused by name when chosen', async () => {
  const header = {
    a: { dtype: 'F4', shape: [2, 4], data_offsets: [0, 4] },
    b: { dtype: 'U8', shape: [1, 4], data_offsets: [4, 8] },
  };
  const dump = await openDump(new MemorySource(safetensorsFile(header, new Uint8Array(8))), 'x.safetensors');
  const listing = listingOf(dump, { fileName: 'x.safetensors', fileSize: 100, scanLimit: 4 });
  expect(listing.tensors).toEqual([
    { name: 'b', dtype: 'uint8', shape: [1, 4], byteLength: 4 },
    { name: 'a', dtype: 'F4', shape: [2, 4], byteLength: 4, undecoded: 'its dtype F4 is not decoded' },
  ]);
  expect(listing.scanAtOnce).toBe(true);
  expect(firstTensor(listing)).toBe('b');
  await expect(loadCase(dump, listing, 'a', 100, new AbortController().signal)).rejects.toThrow(
    'tensor "a" is listed and cannot be read: its dtype F4 is not decoded',
  );
});
