import type { PickleValue } from '../../../../src/formats/pt/pickleValue';
import { readPickle } from '../../../../src/formats/pt/readPickle';
import { torchWorld } from '../../../../src/formats/pt/torchGlobals';

/** The bytes of a pickle whose operations are written as Latin-1 text. */
export function pickleBytes(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text, 'latin1'));
}

/** What a pickle gives. */
export function unpickle(text: string): PickleValue {
  return readPickle(pickleBytes(text), 0, torchWorld).value;
}
