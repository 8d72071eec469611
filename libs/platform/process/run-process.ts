import { loadDotEnv } from '../config/dot-env.js';
import { type Env, loadEnv } from '../config/env.js';
import { startTracing } from '../telemetry/tracing.js';

/** What a running process can be told. */
export interface RunningProcess {
  /** Takes nothing new and finishes what is under way, within `SHUTDOWN_GRACE_SECONDS`. */
  drain(): Promise<void>;
  /** Closes connections and everything else that is open. */
  close(): Promise<unknown>;
}

/** After the work is done. A queue whose Redis is away would wait for ever. */
const CLOSE_TIMEOUT_MS = 4_000;

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
    const close = async () => {
      await running.drain();
      setTimeout(() => process.exit(0), CLOSE_TIMEOUT_MS).unref();
      await running.close().finally(() => stopTracing().catch(() => undefined));
    };
    const end = () => {
      if (closing) return;
      closing = true;
      void close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    };
    for (const event of ['SIGTERM', 'SIGINT', 'disconnect']) process.on(event, end);
    // The process that forked this one went away while it started.
    if (wasForked && !process.connected) end();
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
