import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Running } from '../embedded/child-process.js';
import { ProcessSupervisor } from './process-supervisor.js';

/** A process that lives in name only. */
class FakeProcess implements Running {
  readonly pid = 0;
  crash: (how: string) => void = () => {};
  readonly exited = new Promise<string>((resolve) => {
    this.crash = resolve;
  });
  constructor(private readonly onStop: () => void = () => {}) {}
  async stop() {
    this.onStop();
  }
}

const said: string[] = [];
beforeEach(() => {
  said.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
});
afterEach(() => vi.restoreAllMocks());

it('stops apps before what they call: Bedrock, then Redis, then PostgreSQL', async () => {
  const session = new ProcessSupervisor();
  const stopped: string[] = [];
  for (const kind of ['postgres', 'bedrock', 'app', 'redis'] as const) {
    await session.keep(kind, kind, async () => new FakeProcess(() => stopped.push(kind)));
  }
  session.end(0);
  await session.stopAll();
  expect(stopped).toEqual(['app', 'bedrock', 'redis', 'postgres']);
});

it('starts a crashed process again and hands it the one before', async () => {
  const session = new ProcessSupervisor(1);
  const first = new FakeProcess();
  const second = new FakeProcess();
  const start = vi.fn(async (previous?: FakeProcess) => (previous ? second : first));
  await session.keep('redis', 'Redis', start);
  session.established = true;
  first.crash('killed by SIGKILL');
  await vi.waitFor(() => expect(start).toHaveBeenCalledWith(first));
  expect(said).toEqual(['  Redis stopped unexpectedly (killed by SIGKILL); starting it again.']);
});

it('ends with an error when a process keeps crashing', async () => {
  const session = new ProcessSupervisor(1);
  const start = vi.fn(async () => {
    const process = new FakeProcess();
    setTimeout(() => process.crash('exit code 1'), 1);
    return process;
  });
  session.established = true;
  await session.keep('app', 'worker', start);
  expect(await session.ended).toBe(1);
  expect(start).toHaveBeenCalledTimes(6);
});

it('ends immediately when a process stops while everything is starting', async () => {
  const session = new ProcessSupervisor(1);
  const process = new FakeProcess();
  await session.keep('app', 'api', async () => process);
  process.crash('exit code 1');
  expect(await session.ended).toBe(1);
});

it('stops what was still starting when the session ended', async () => {
  const session = new ProcessSupervisor();
  const stop = vi.fn();
  const started = session.keep('postgres', 'PostgreSQL', async () => {
    await new Promise((resolve) => setTimeout(resolve, 20));
    return new FakeProcess(stop);
  });
  session.end(0);
  await session.stopAll();
  await started;
  expect(stop).toHaveBeenCalledOnce();
});
