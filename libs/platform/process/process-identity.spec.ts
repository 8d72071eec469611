import { fork } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { hasEnded, identityOf } from './process-identity.js';

describe.runIf(process.platform === 'linux')('the identity of a process', () => {
  it('says that it runs, and that it has ended', async () => {
    const child = fork('-', [], { execArgv: ['--eval', 'process.on("message", () => {})'] });
    const identity = identityOf(child.pid!)!;
    expect(hasEnded(identity)).toBe(false);
    const exited = once(child, 'exit');
    child.kill('SIGKILL');
    await exited;
    expect(hasEnded(identity)).toBe(true);
    expect(identityOf(child.pid!)).toBeNull();
  });

  it('differs from that of a process with the same PID that started at another time', () => {
    const [boot, pids, pid, start] = identityOf(process.pid)!.split(' ');
    expect(hasEnded([boot, pids, pid, Number(start) - 1].join(' '))).toBe(true);
  });

  it.each(['boot', 'namespace'])('says nothing certain of another %s', (other) => {
    const [boot, pids] = identityOf(process.pid)!.split(' ');
    const elsewhere = other === 'boot' ? ['0', pids] : [boot, 'pid:[1]'];
    expect(hasEnded([...elsewhere, '4000000', '1'].join(' '))).toBe(false);
  });
});
