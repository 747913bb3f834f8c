declare module '*/h5wasm/dist/esm/hdf5_util.js' {
  /** Fills `module` with a library of its own memory. */
  export default function createModule(module: object): Promise<unknown>;
}
