import { AsyncLocalStorage } from 'node:async_hooks';
import { aroundEach } from 'vitest';

/** Survives the modules of one test file: files of a worker share the process. */
const shared = globalThis as typeof globalThis & { runningTest?: AsyncLocalStorage<string> };

/** Adds the name of the test that left it to an error that nobody handles. */
function attributeUnhandledErrors(runningTest: AsyncLocalStorage<string>): void {
  // Not a listener: Vitest takes an error with a second listener for handled.
  const emit = process.emit.bind(process) as (event: string, ...values: unknown[]) => boolean;
  const attributed = (event: string, ...values: unknown[]) => {
    const isUnhandled = event === 'unhandledRejection' || event === 'uncaughtException';
    if (isUnhandled) addName(values[0], runningTest.getStore());
    return emit(event, ...values);
  };
  process.emit = attributed as typeof process.emit;
}

function addName(error: unknown, test: string | undefined): void {
  if (!test || !(error instanceof Error)) return;
  error.message = `left behind by the test "${test}": ${error.message}`;
}

if (!shared.runningTest) {
  shared.runningTest = new AsyncLocalStorage();
  attributeUnhandledErrors(shared.runningTest);
}
const { runningTest } = shared;

aroundEach((runTest, { task }) => runningTest.run(task.fullTestName, runTest));
