// The HDF5 library as WebAssembly, 4 MB that only an .h5 file loads: in the extension a bundle of its own.
export { Attribute, ready } from 'h5wasm';
