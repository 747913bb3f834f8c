import type { Kernels } from './kernels';
import { scalarKernels } from './scalarKernels';
import { simdKernels, type KernelExports } from './simdKernels';

/** The compiled kernels in base64, put here by the build: see scripts/buildKernels.mjs. */
declare const kernelsWasmBase64: string;

/**
 * The part of WebAssembly's interface that is used here. It is neither in TypeScript's ES library nor in every engine.
 */
interface WebAssemblyApi {
  validate(bytes: Uint8Array): boolean;
  instantiate(bytes: Uint8Array): Promise<{ instance: { exports: KernelExports } }>;
}

/**
 * Makes kernels with a memory of their own: compiled WebAssembly where the engine has its 128-bit vectors, else their
 * TypeScript twins. Takes a few milliseconds; whoever works steadily keeps what it gets.
 */
export async function loadKernels(): Promise<Kernels> {
  const { WebAssembly } = globalThis as unknown as { WebAssembly?: WebAssemblyApi };
  const bytes = Uint8Array.from(atob(kernelsWasmBase64), (character) => character.charCodeAt(0));
  if (!WebAssembly?.validate(bytes)) {
    return scalarKernels();
  }
  const { instance } = await WebAssembly.instantiate(bytes);
  return simdKernels(instance.exports);
}
