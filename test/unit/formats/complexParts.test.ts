import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { MemorySource } from '../../../src/formats/byteSource';
import { withComplexParts } from '../../../src/formats/complexParts';
import { openDump } from '../../../src/formats/openDump';
import { readTensor } from '../../../src/formats/readValues';

const open = (name: string) => openDump(new MemorySource(readFileSync(`test/fixtures/formats/npy/${name}`)), name);

it.each(['complex64.npy', 'complex128.npy', 'big_endian_c8.npy'])(
  'gives the real and the imaginary parts of %s as tensors of their own',
  async (name) => {
    const [whole, real, imag] = await Promise.all(
      withComplexParts(await open(name)).tensors.map((ref) => readTensor(ref)),
    );
    expect([real.name, imag.name]).toEqual([`${whole.name}.real`, `${whole.name}.imag`]);
    expect([real.shape, imag.shape]).toEqual([whole.shape, whole.shape]);
    expect(Array.from(real.values as Float64Array)).toEqual(
      Array.from(whole.values as Float64Array).filter((_, i) => i % 2 === 0),
    );
    expect(Array.from(imag.values as Float64Array)).toEqual(
      Array.from(whole.values as Float64Array).filter((_, i) => i % 2 === 1),
    );
  },
);

it('leaves tensors of other dtypes as they are', async () => {
  const dump = await open('float32.npy');
  expect(withComplexParts(dump).tensors).toEqual(dump.tensors);
});
