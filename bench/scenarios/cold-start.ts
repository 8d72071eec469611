import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { checkout } from '../../scripts/embedded/checkout.js';
import { freePort } from '../../scripts/embedded/free-port.js';
import { NODE_OPTIONS } from '../../scripts/launch/app-process.js';
import { BUILT } from '../../test/support/processes.js';
import { onCore } from '../cpu-pinning.js';
import { interleave, type Measure, ratioOf } from '../measure.js';

const NEST_NEW = join(checkout, 'dist', 'bench', 'baselines', 'nest-new.js');
const GIVES_UP_AFTER_MS = 60_000;

export const COLD_START: Measure = {
  name: 'cold-start',
  title: 'Cold start of the built api, until it answers',
  against: 'what `nest new` makes, on Fastify, built',
  async *run(ground) {
    const stage = await ground.stage('cold_start');
    const { PATH = '' } = process.env;
    const variables = { ...stage.variables, PATH };
    const asInTheImage = { ...variables, NODE_COMPILE_CACHE: compiledIn(ground.folder) };
    const beside = async (ours: () => Promise<number>) =>
      ratioOf(await interleave(ground.turns, ours, () => startOf([NEST_NEW], '/', { PATH })));
    yield {
      what: 'time to the first answer, as in the image',
      ...(await beside(() => startOf([...NODE_OPTIONS, BUILT.api], '/readyz', asInTheImage))),
      atMost: 3,
    };
    yield {
      what: 'the same, compiled at each start, with no option of Node',
      ...(await beside(() => startOf([BUILT.api], '/readyz', variables))),
    };
    await stage.close();
  },
};

/** As docker/Dockerfile does it. @returns the folder */
function compiledIn(folder: string): string {
  const cache = join(folder, 'compile-cache');
  const load = `await import(${JSON.stringify(join(BUILT.api, '..', 'create-api.js'))})`;
  execFileSync(process.execPath, [...NODE_OPTIONS, '--input-type=module', '--eval', load], {
    env: { NODE_COMPILE_CACHE: cache },
  });
  return cache;
}

/** Milliseconds from the start of the process to its first 200. */
async function startOf(program: string[], path: string, variables: Record<string, string>): Promise<number> {
  const port = String(await freePort());
  const [command, ...args] = onCore('measured', process.execPath, ...program);
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
    throw new Error(`${program.at(-1)} does not answer`);
  } finally {
    child.kill('SIGKILL');
    await ended;
  }
}
