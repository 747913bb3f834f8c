// The HDF5 library as WebAssembly, 4 MB that only an .h5 file loads: in the extension a bundle of its own.
import { Attribute, ready } from 'h5wasm';
// What makes the library's module is no part of its interface; without it there would be one for the life of the process.
import createModule from '../../../node_modules/h5wasm/dist/esm/hdf5_util.js';

export { Attribute };

/** The one module that `Attribute` and all else of the library works on. */
export type H5Module = Awaited<typeof ready>;

let current = ready;

/** The module, once it can be used. */
export function libraryModule(): Promise<H5Module> {
  return current;
}

/** Makes the module anew in place, after a damaged file broke it: memory out of bounds at one call is so at every later one. */
export function renewModule(): void {
  current = current.then(async (module) => {
    for (const key of Object.keys(module)) {
      Reflect.deleteProperty(module, key);
    }
    await createModule(Object.assign(module, { noInitialRun: true }));
    return module;
  });
}
