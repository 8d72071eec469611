import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { exitOf } from '../../scripts/embedded/child-process.js';
import { eventually } from '../support/eventually.js';
import { inherited } from '../support/run-folder.js';

const SUPERVISOR = join(checkout, 'dist/apps/all-in-one/src/run-together.js');
const folder = mkdtempSync(join(tmpdir(), 'together-'));
const running: ChildProcess[] = [];
afterEach(() => {
  for (const child of running.splice(0)) child.kill('SIGKILL');
});

/** Programs that print their number when they can be asked to end. */
const PROGRAMS = {
  steady: "process.on('SIGTERM', () => process.exit(0))",
  stubborn: "process.on('SIGTERM', () => {})",
  failing: "process.on('SIGTERM', () => process.exit(3))",
  starting: '',
};
const SAYS = `; setInterval(() => {}, 1_000); process.on('disconnect', () => process.exit(0)); console.log(process.pid)`;

/** Runs the two together. Resolves when both have started. */
async function together(first: keyof typeof PROGRAMS, second: keyof typeof PROGRAMS, killAfterMs = 600_000) {
  const programs = { first: join(folder, `${first}.mjs`), second: join(folder, `${second}.mjs`) };
  for (const name of [first, second]) writeFileSync(join(folder, `${name}.mjs`), PROGRAMS[name] + SAYS);
  const main = join(folder, 'main.mjs');
  writeFileSync(
    main,
    `import { runTogether } from ${JSON.stringify(SUPERVISOR)};
     process.exit(await runTogether(${JSON.stringify(programs)}, ${killAfterMs}))`,
  );
  const child = fork(main, { env: inherited(), stdio: ['ignore', 'pipe', 'pipe', 'ipc'] });
  running.push(child);
  let stderr = '';
  child.stderr!.on('data', (chunk) => (stderr += chunk));
  const pids = await new Promise<number[]>((resolve) => {
    let said = '';
    child.stdout!.on('data', (chunk) => {
      said += chunk;
      const lines = said.split('\n').slice(0, -1);
      if (lines.length === 2) resolve(lines.map(Number));
    });
  });
  const ended = Promise.all([exitOf(child), once(child.stderr!, 'end')]);
  return { child, pids, end: ended.then(([how]) => [how, stderr]) };
}

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it('a program that is killed takes the other with it, and that is an error', async () => {
  const { pids, end } = await together('steady', 'steady');
  process.kill(pids[0]!, 'SIGKILL');
  expect(await end).toEqual(['exit code 1', expect.stringMatching(/^(first|second) ended \(SIGKILL\)\n$/)]);
  expect(pids.filter(isAlive)).toEqual([]);
});

it('a program that ends by itself without an error is missed all the same', async () => {
  const { pids, end } = await together('steady', 'steady');
  process.kill(pids[1]!, 'SIGTERM');
  expect(await end).toEqual([
    'exit code 1',
    expect.stringMatching(/^(first|second) ended \(exit code 0\)\n$/),
  ]);
});

it.each(['SIGTERM', 'SIGINT'] as const)('%s ends both, without an error', async (signal) => {
  const { child, pids, end } = await together('steady', 'steady');
  child.kill(signal);
  expect(await end).toEqual(['exit code 0', '']);
  expect(pids.filter(isAlive)).toEqual([]);
});

it('SIGTERM ends a program that does not handle signals yet, without an error', async () => {
  const { child, end } = await together('steady', 'starting');
  child.kill('SIGTERM');
  expect(await end).toEqual(['exit code 0', '']);
});

it('a program that fails while it ends is an error', async () => {
  const { child, end } = await together('steady', 'failing');
  child.kill('SIGTERM');
  expect(await end).toEqual(['exit code 1', 'second ended (exit code 3)\n']);
});

it('a program that does not end when it is asked to is killed', async () => {
  const { child, pids, end } = await together('steady', 'stubborn', 50);
  child.kill('SIGTERM');
  expect(await end).toEqual(['exit code 1', 'second ended (SIGKILL)\n']);
  expect(pids.filter(isAlive)).toEqual([]);
});

it('both end when the process that started them is gone', async () => {
  const { child, end } = await together('steady', 'steady');
  child.disconnect();
  expect(await end).toEqual(['exit code 0', '']);
});

it('both end when the process that holds them together is killed', async () => {
  const { child, pids, end } = await together('steady', 'steady');
  child.kill('SIGKILL');
  expect(await end).toEqual(['killed by SIGKILL', '']);
  await eventually(() => expect(pids.filter(isAlive)).toEqual([]));
});
