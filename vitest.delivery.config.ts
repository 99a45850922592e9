import { defineConfig } from 'vitest/config';

/** What Argo CD does with dist/: `npm run test:delivery`. Apart from `npm test`, because it needs an Argo CD beside it. */
export default defineConfig({
  test: {
    include: ['test/delivery/*.delivery.ts'],
    testTimeout: 480_000,
    hookTimeout: 480_000,
    reporters: ['verbose'],
    fileParallelism: false,
    // Each test goes on where the former ended; after one that failed the rest would only wait.
    bail: 1,
  },
});
