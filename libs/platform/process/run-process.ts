import { loadDotEnv } from '../config/dot-env.js';
import { type Env, loadEnv } from '../config/env.js';
import { startTracing } from '../telemetry/tracing.js';

/** What a running process can be told. */
export interface RunningProcess {
  close(): Promise<unknown>;
}

/** Closing waits for work in flight; a queue whose Redis is away would wait for ever. */
const CLOSE_WITHIN_MS = 4_000;

/**
 * Runs an api or a worker: a bad environment or a failed start ends it with one readable message, a signal or the end
 * of the process that forked it closes it in good order.
 */
export async function runProcess(
  name: 'api' | 'worker',
  start: (env: Env) => Promise<RunningProcess>,
): Promise<void> {
  const wasForked = process.send !== undefined;
  try {
    loadDotEnv();
    const env = loadEnv();
    const stopTracing = await startTracing(name, env);
    const running = await start(env);
    let closing = false;
    const close = () => {
      if (closing) return;
      closing = true;
      setTimeout(() => process.exit(0), CLOSE_WITHIN_MS).unref();
      running
        .close()
        .finally(() => stopTracing().catch(() => undefined))
        .then(
          () => process.exit(0),
          () => process.exit(1),
        );
    };
    for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, close);
    // The process that forked this one went away while it started.
    if (wasForked && !process.connected) close();
  } catch (error) {
    process.stderr.write(`${messageOf(error)}\n`);
    process.exit(1);
  }
}

/** A connection refused on every address of a host comes without a message. */
const messageOf = (error: unknown): string => {
  const { message, code } = error as { message?: string; code?: string };
  return message || code || String(error);
};
