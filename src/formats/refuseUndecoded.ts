import { FormatError } from '../tensor/errors';
import type { Dump } from './dump';
import { quote } from './quote';

/** @throws FormatError if the tensor of a name is one that is listed and cannot be read */
export function refuseUndecoded({ format, undecoded }: Dump, name: string): void {
  const found = undecoded?.find((tensor) => tensor.name === name);
  if (found) {
    throw new FormatError(format, `tensor ${quote(name)} is listed and cannot be read: ${found.reason}`);
  }
}
