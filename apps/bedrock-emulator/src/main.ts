import { startEmulator } from './start-emulator.js';

/** Pace of a small model, so that streaming is visible. */
const PACE_MS = 15;

async function run(environment: Record<string, string | undefined>): Promise<void> {
  if (environment.NODE_ENV === 'production')
    throw new Error('The emulator makes answers up: it does not run with NODE_ENV=production.');
  const port = Number(environment.PORT || '0');
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`PORT must be a number from 0 to 65535, not "${environment.PORT}".`);
  // Another address is for a container, whose network is the boundary.
  const host = environment.HOST || undefined;
  const { url, close, ...emulator } = await startEmulator({ port, host, paceMs: PACE_MS });
  process.stdout.write(
    `Bedrock emulator on ${url}: answers are made up, no model is called, nothing is charged\n`,
  );
  // A parent process asked for a free port and needs its number.
  process.send?.({ url, port: emulator.port });
  const leave = () => void close().finally(() => process.exit(0));
  for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.once(event, leave);
}

try {
  // biome-ignore lint/style/noProcessEnv: a tool for development with one setting; the service's configuration is not its own.
  await run(process.env);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
