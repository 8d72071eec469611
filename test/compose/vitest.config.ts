import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['typescript'] },
  ssr: { resolve: { conditions: ['typescript'] } },
  test: {
    include: ['test/compose/**/*.spec.ts'],
    fileParallelism: false,
    bail: 1,
    // Images may have to be built, on a machine that is busy.
    hookTimeout: 20 * 60_000,
    testTimeout: 10 * 60_000,
  },
});
