import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout } from '../../scripts/embedded/checkout.js';
import { freePort } from '../../scripts/embedded/free-port.js';
import { BUILT } from '../../test/support/processes.js';
import { onCore } from '../cores.js';
import { byTurns, type Measure, ratioOf } from '../measure.js';

const GIVES_UP_AFTER_MS = 60_000;

export const COLD_START: Measure = {
  name: 'cold-start',
  title: 'Cold start of the built api, until it answers',
  against: 'what `nest new` makes, on Fastify, built',
  async *run(ground) {
    const stage = await ground.stage('cold_start');
    const nestNew = join(checkout, 'dist', 'bench', 'baselines', 'nest-new.js');
    const { PATH = '' } = process.env;
    const turns = await byTurns(
      ground.turns,
      () => startOf(BUILT.api, '/readyz', { ...stage.variables, PATH }),
      () => startOf(nestNew, '/', { PATH }),
    );
    yield { what: 'time to the first answer', ...ratioOf(turns), atMost: 3 };
    await stage.close();
  },
};

/** Milliseconds from the start of the process to its first 200. */
async function startOf(program: string, path: string, variables: Record<string, string>): Promise<number> {
  const port = String(await freePort());
  const [command, ...args] = onCore('measured', process.execPath, program);
  const began = performance.now();
  const child = spawn(command!, args, {
    env: { ...variables, PORT: port },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    while (performance.now() - began < GIVES_UP_AFTER_MS && child.exitCode === null) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
      if (answer?.ok) return performance.now() - began;
      await delay(5);
    }
    throw new Error(`${program} does not answer`);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
