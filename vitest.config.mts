import { defineConfig } from 'vitest/config';
import { kernelsDefine } from './scripts/buildKernels.mjs';

/** Tests that drive a browser: one at a time, and each may wait long for it on a machine that is busy otherwise. */
const browser = {
  fileParallelism: false,
  testTimeout: 180_000,
  hookTimeout: 180_000,
  expect: { poll: { timeout: 30_000, interval: 100 } },
};

export default defineConfig({
  test: {
    projects: [
      {
        define: await kernelsDefine(),
        test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 },
      },
      { test: { ...browser, name: 'page', include: ['test/webview/page/**/*.test.ts'] } },
      { test: { ...browser, name: 'journey', include: ['test/webview/journey/**/*.test.ts'] } },
    ],
  },
});
