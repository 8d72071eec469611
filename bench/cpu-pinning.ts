import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';

/**
 * Two cores, as if they were two machines: what is measured has one for itself; who asks, and everything that it asks
 * in turn (PostgreSQL, Redis, Bedrock), share the other.
 */
const CORE = { measured: 1, everythingElse: 0 };
export type Role = keyof typeof CORE;

/** False where there are not two cores, or no taskset: then the figures depend on the scheduler. */
export const canPin: boolean = availableParallelism() > 1 && spawnSync('taskset', ['--version']).status === 0;

/** Puts a process, with all its threads, on its core. */
export function pin(pid: number, role: Role): void {
  if (canPin) spawnSync('taskset', ['-acp', String(CORE[role]), String(pid)]);
}

/** A command that runs on its core from the beginning. */
export const onCore = (role: keyof typeof CORE, ...command: string[]): string[] =>
  canPin ? ['taskset', '-c', String(CORE[role]), ...command] : command;

/** MB. Linux only. */
export function memoryOf(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024;
}

/** MB; pages that several processes share count for each in part. Linux only. */
export function shareOfMemory(pid: number): number {
  const roll = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+)/m.exec(roll)![1]) / 1024;
}

/** Milliseconds; of a process with all its threads, so far. Linux only. */
export function cpuTimeOf(pid: number): number {
  const [user, system] = statOf(pid).slice(11, 13).map(Number);
  return (user! + system!) * 10;
}

/** The fields of /proc/<pid>/stat that follow the name, which may hold anything. */
const statOf = (pid: number): string[] =>
  readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').trim().split(' ');
