import { defineConfig } from 'vitest/config';

/** Nest reads constructor types at run time, so the transform must emit decorator metadata as tsc does. */
const shared = {
  resolve: { conditions: ['typescript'] },
  ssr: { resolve: { conditions: ['typescript'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
};
/** Files of one worker share their modules, so that the app is imported once and not once a file; they share no state. */
const ONE_IMPORT = { isolate: false };
const services = ['test/support/embedded-services.ts'];

/** The built programs, started and killed as processes. */
const outside = { globalSetup: services, hookTimeout: 60_000, testTimeout: 120_000 };
/** What measures time runs last, and alone. */
const MEASURED = ['two-instances', 'process', 'chat-load', 'scale-out'].map(
  (name) => `test/e2e/${name}.spec.ts`,
);

export default defineConfig({
  ...shared,
  test: {
    // Tests wait more than they work, so that two at a time are right also on two cores.
    maxWorkers: 2,
    reporters: ['default', ['json', { outputFile: 'coverage/tests.json' }]],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          ...ONE_IMPORT,
          include: ['{apps,libs,migrations,scripts}/**/*.spec.ts', 'test/clients/**/*.spec.ts'],
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          ...ONE_IMPORT,
          include: ['test/integration/**/*.spec.ts'],
          globalSetup: services,
          hookTimeout: 30_000,
          testTimeout: 15_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          ...ONE_IMPORT,
          include: ['test/browser/**/*.spec.ts'],
          globalSetup: [...services, 'test/support/browser-tests.ts'],
          hookTimeout: 30_000,
          testTimeout: 20_000,
        },
      },
      {
        ...shared,
        test: {
          ...outside,
          name: 'e2e',
          include: ['test/{e2e,faults}/**/*.spec.ts'],
          exclude: MEASURED,
          sequence: { groupOrder: 1 },
        },
      },
      {
        ...shared,
        test: {
          ...outside,
          name: 'measured',
          include: MEASURED,
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
