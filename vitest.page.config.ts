import { defineConfig } from 'vitest/config';

/** The HTML report in a real Chromium: `npm run test:page`. Apart from `npm test`, because it needs a browser. */
export default defineConfig({
  test: {
    include: ['test/page/*.page.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    reporters: ['verbose'],
    fileParallelism: false,
  },
});
