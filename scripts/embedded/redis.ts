import { fork } from 'node:child_process';
import { join } from 'node:path';
import { checkout } from './checkout.js';
import { exitOf, type Running, stopChild } from './child-process.js';
import { LaunchError } from './launch-error.js';

export interface EmbeddedRedis extends Running {
  readonly port: number;
  readonly url: string;
  /** Ends it like a crash: for tests. */
  kill(): Promise<void>;
}

/**
 * Starts js-redis-server in a separate process on 127.0.0.1: memory only, a few hundred jobs per second, for first runs
 * and tests. `port` 0 takes a free one.
 */
export async function startRedis({ port = 0 } = {}): Promise<EmbeddedRedis> {
  const child = fork(join(checkout, 'scripts', 'embedded', 'redis-server.mjs'), [String(port)], {
    // Ctrl-C in the terminal must reach the apps first. It ends by itself when this process is gone.
    detached: true,
    execArgv: [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let complaint = '';
  child.stderr!.on('data', (chunk: Buffer) => {
    complaint = (complaint + chunk).slice(-2000);
  });
  const exited = exitOf(child);
  const answered = new Promise<{ port: number }>((resolve) => {
    child.once('message', (message) => resolve(message as { port: number }));
  });
  const ready = await Promise.race([answered, exited]);
  if (typeof ready === 'string') throw new LaunchError(`Redis did not start: ${ready}\n${complaint.trim()}`);
  return {
    pid: child.pid!,
    port: ready.port,
    url: `redis://127.0.0.1:${ready.port}`,
    exited,
    stop: () =>
      stopChild(child, exited, [
        ['SIGTERM', 2_000],
        ['SIGKILL', 2_000],
      ]),
    kill: () => stopChild(child, exited, [['SIGKILL', 5_000]]),
  };
}
