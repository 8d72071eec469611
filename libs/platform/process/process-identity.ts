import { readFileSync, readlinkSync } from 'node:fs';

/**
 * Names a process so that another one can look it up: its boot, its PID namespace, its PID and its start.
 * @returns null: no such process, or this is not Linux
 */
export function identityOf(pid: number): string | null {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim();
    return `${namespace()} ${pid} ${afterName.split(' ')[19]}`;
  } catch {
    return null;
  }
}

/** @returns true only if that is certain: false for a process of another machine or container */
export function hasEnded(identity: string): boolean {
  const [boot, pids, pid] = identity.split(' ');
  if (namespaceOrNull() !== `${boot} ${pids}`) return false;
  return identityOf(Number(pid)) !== identity;
}

const namespace = (): string =>
  `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`;

function namespaceOrNull(): string | null {
  try {
    return namespace();
  } catch {
    return null;
  }
}
