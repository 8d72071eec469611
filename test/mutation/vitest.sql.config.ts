import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defineConfig, type Plugin } from 'vitest/config';
import { marked, sqlFiles } from './sql-sources.js';

const CHECKOUT = fileURLToPath(new URL('../..', import.meta.url));
const FILES = new Set(sqlFiles(CHECKOUT));

const markSql: Plugin = {
  name: 'mark-sql',
  enforce: 'pre',
  transform(code, id) {
    const file = relative(CHECKOUT, id);
    return FILES.has(file) ? { code: marked(file, code), map: null } : undefined;
  },
};

/** Runs integration specs once for each mutant of a batch, in one process; `sql-batch.ts` starts it. */
export default defineConfig({
  root: CHECKOUT,
  resolve: { conditions: ['typescript'] },
  ssr: { resolve: { conditions: ['typescript'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  plugins: [markSql],
  test: {
    include: ['test/mutation/mutants.spec.ts'],
    globalSetup: ['test/mutation/given-services.ts'],
    setupFiles: ['test/mutation/active-mutant.ts'],
    reporters: ['./test/mutation/batch-reporter.ts'],
    isolate: false,
    maxWorkers: 1,
    // `active-mutant.ts` says for how long.
    expect: { poll: { interval: 20 } },
    hookTimeout: 120_000,
    testTimeout: 45_000,
    // A mutant may fail in the background, too: after its run, or without a test that notices.
    dangerouslyIgnoreUnhandledErrors: true,
  },
});
