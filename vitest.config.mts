import { defineConfig } from 'vitest/config';
import { kernelsDefine } from './scripts/buildKernels.mjs';

/** Tests that drive a browser: one at a time, and each may wait long for it on a machine that is busy otherwise. */
const browser = {
  fileParallelism: false,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 30_000, interval: 100 } },
};

const kernels = await kernelsDefine();

export default defineConfig({
  test: {
    projects: [
      {
        define: { ...kernels },
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 },
      },
      // Each project takes its definitions out of the object that it is given.
      {
        define: { ...kernels },
        test: { ...browser, name: 'page', include: ['test/webview/page/**/*.test.ts'] },
      },
      { test: { ...browser, name: 'journey', include: ['test/webview/journey/**/*.test.ts'] } },
    ],
  },
});
