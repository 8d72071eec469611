import { defineConfig } from 'vitest/config';
import { makeRunFolder } from './test/support/run-folder.js';
import { UnrunSuites } from './test/support/unrun-suites.js';

/** Nest reads constructor types at run time, so the transform must emit decorator metadata as tsc does. */
const shared = {
  resolve: { conditions: ['typescript'] },
  ssr: { resolve: { conditions: ['typescript'] } },
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
};
/** Files of one worker share their modules, so that the app is imported once and not once a file; they share no state. */
const ONE_IMPORT = { isolate: false };
/** Names the test that left an unhandled error. */
const setupFiles = ['test/support/attribute-errors.ts'];
const services = ['test/support/embedded-services.ts'];
/** As `eventually`: the deadline ends a test that waits for what never comes. */
const POLL = { poll: { timeout: 90_000, interval: 20 } };
/** A deadline is for what hangs, not for what is slow: generous enough for a machine that is ten times slower. */
const IN_PROCESS = { setupFiles, expect: POLL, hookTimeout: 600_000, testTimeout: 300_000 };
/** The built programs, started and killed as processes. */
const OUTSIDE = {
  setupFiles,
  expect: POLL,
  globalSetup: services,
  hookTimeout: 600_000,
  testTimeout: 600_000,
};

/** The npm script that runs this. */
const suite = process.env.npm_lifecycle_event ?? 'vitest';
const outputFile = process.env.TEST_RESULTS ?? `coverage/${suite.replace(':', '-')}.json`;

makeRunFolder();

/** `npm test` runs the first three projects, `npm run test:system` the others. CONTRIBUTING.md says which is for what. */
export default defineConfig({
  ...shared,
  test: {
    // Each imports the app once, and tests wait part of their time: two are right on two cores.
    maxWorkers: 2,
    reporters: ['default', ...(suite === 'test' ? [new UnrunSuites()] : []), ['json', { outputFile }]],
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          ...ONE_IMPORT,
          ...IN_PROCESS,
          include: ['{apps,bench,libs,migrations,scripts,test/upgrade}/**/*.spec.ts'],
        },
      },
      {
        ...shared,
        test: {
          name: 'integration',
          ...ONE_IMPORT,
          ...IN_PROCESS,
          include: ['test/integration/**/*.spec.ts'],
          globalSetup: services,
        },
      },
      {
        ...shared,
        test: { name: 'smoke', ...OUTSIDE, include: ['test/smoke/**/*.spec.ts'] },
      },
      {
        ...shared,
        test: { name: 'system', ...OUTSIDE, include: ['test/{e2e,faults,plans}/**/*.spec.ts'] },
      },
      {
        ...shared,
        test: {
          name: 'tooling',
          ...OUTSIDE,
          include: ['test/tooling/**/*.spec.ts'],
          globalSetup: services,
        },
      },
      {
        ...shared,
        test: {
          name: 'browser',
          ...ONE_IMPORT,
          ...IN_PROCESS,
          include: ['test/browser/**/*.spec.ts'],
          globalSetup: [...services, 'test/support/browser-tests.ts'],
        },
      },
    ],
  },
});
