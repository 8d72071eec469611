import { testEmulator } from './bedrock-emulator.js';
import { BuiltApi, startWorker } from './processes.js';
import { createTestEnvironment } from './test-env.js';

/** The built api and worker over the emulated Bedrock, as their users meet them. */
export async function startBuiltSystem(overrides: Record<string, string> = {}) {
  const emulator = await testEmulator();
  const environment = await createTestEnvironment({
    ...emulator.settings,
    AWS_ACCESS_KEY_ID: 'emulator',
    AWS_SECRET_ACCESS_KEY: 'emulator',
    ...overrides,
  });
  const worker = startWorker(environment.variables);
  const api = await BuiltApi.start(environment.variables);
  const close = async () => {
    await Promise.all([api.stop(), worker.stop()]);
    await environment.close();
    await emulator.close();
  };
  return { api, emulator, environment, close };
}
