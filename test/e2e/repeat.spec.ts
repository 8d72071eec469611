import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { exitOf } from '../../scripts/embedded/child-process.js';
import { eventually } from '../support/eventually.js';

const LEAVING = ['--config', 'test/fixtures/leaving/vitest.config.ts'];

function repeat(...args: string[]) {
  const logs = mkdtempSync(join(tmpdir(), 'repeat-'));
  const program = join('test', 'repeat', 'run.mjs');
  const command = [program, '--busy', '0', '--logs', logs, ...args];
  const child = spawn(process.execPath, command, { cwd: checkout, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk) => {
    output += chunk;
  });
  const ended = exitOf(child).then((how) => ({ how, output }));
  const log = () => readFileSync(join(logs, 'test-1.log'), 'utf8');
  return { ended, log, interrupt: () => child.kill('SIGINT') };
}

it.runIf(process.platform === 'linux')('counts failed tests, and prints what a run left', async () => {
  const { how, output } = await repeat('--times', '2', '--leave', '3', ...LEAVING, 'leftovers').ended;
  expect(how).toBe('exit code 1');
  expect(output).toMatch(/run 2 of 2 beside 0 busy loops: RED, 1 passed, 1 failed/);
  expect(output).toContain(
    'failed 2 times (0 beside busy loops): test/fixtures/leaving/leftovers.spec.ts > fails',
  );
  expect(output).toMatch(/left behind: process \d+: sleep 300/);
  expect(output).toMatch(/left behind: file .+left-/);
});

it('names the test that left an error which nobody handles', async () => {
  const run = repeat('--times', '1', ...LEAVING, 'errors');
  const { how, output } = await run.ended;
  expect(how).toBe('exit code 1');
  expect(output).toContain('the run failed outside of a test');
  for (const [test, error] of [
    ['leaves a rejection that nobody handles', 'rejected'],
    ['leaves a timer that throws after its end', 'thrown'],
    ['leaves a promise that rejects after its end', 'late'],
  ])
    expect(run.log()).toContain(`left behind by the test "a suite > ${test}": ${error}`);
});

it('finds nothing that a run of ours left', async () => {
  const { how, output } = await repeat('--times', '1', 'test/integration/worker-http.spec.ts').ended;
  expect(output).toMatch(/green, 5 passed, 0 failed/);
  expect(output).toMatch(/1 of 1 runs of `npm run test` were green/);
  expect(how).toBe('exit code 0');
});

it('finds nothing that a run of ours left which Ctrl-C ended', async () => {
  const run = repeat('--times', '1', 'test/integration/worker-http.spec.ts', 'test/smoke');
  await eventually(() => expect(run.log()).toMatch(/✓.*worker-http/));
  run.interrupt();
  const { how, output } = await run.ended;
  expect(output).not.toContain('left behind');
  expect(how).toBe('exit code 130');
});
