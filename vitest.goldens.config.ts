import { defineConfig } from 'vitest/config';

/** The golden corpus: `npm run test:goldens`. Apart from `npm test`, because the corpus is not part of the project. */
export default defineConfig({
  test: { include: ['test/goldens/**/*.goldens.ts'], testTimeout: 30_000 },
});
