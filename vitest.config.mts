import { defineConfig } from 'vitest/config';

/** Tests that drive a browser: one at a time, and each may wait for it. */
const browser = { fileParallelism: false, testTimeout: 60_000, hookTimeout: 120_000 };

export default defineConfig({
  test: {
    projects: [
      { test: { name: 'unit', include: ['test/unit/**/*.test.ts'], testTimeout: 20_000 } },
      { test: { ...browser, name: 'page', include: ['test/webview/page/**/*.test.ts'] } },
      { test: { ...browser, name: 'journey', include: ['test/webview/journey/**/*.test.ts'] } },
    ],
  },
});
