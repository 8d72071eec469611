import { execFile, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Script } from '../baselines/pgbench-script.js';
import { onCore } from '../cpu-pinning.js';

/** Debian has it in postgresql-contrib's stead in `postgresql-<version>`; the embedded PostgreSQL comes without. */
export const pgbenchInstalled = (): boolean => spawnSync('pgbench', ['--version']).status === 0;

interface Run {
  databaseUrl: string;
  clients: number;
  seconds: number;
}

/** Transactions per second of so many connections, each statement prepared once per connection; on the core of what is measured. */
export async function transactionsPerSecond(script: Script, run: Run, folder: string): Promise<number> {
  const file = join(folder, 'switch.pgbench');
  writeFileSync(file, script.text);
  const variables = Object.entries(script.variables).flatMap(([name, value]) => ['-D', `${name}=${value}`]);
  const args = ['-n', '-M', 'prepared', '-c', String(run.clients), '-j', '1', '-T', String(run.seconds)];
  const [command, ...prefix] = onCore('measured', 'pgbench');
  const { stdout, stderr } = await promisify(execFile)(command!, [
    ...prefix,
    ...args,
    ...variables,
    '-f',
    file,
    run.databaseUrl,
  ]);
  const tps = /tps = ([\d.]+)/.exec(stdout)?.[1];
  if (!tps || /failed transactions: [1-9]|aborted/.test(stdout + stderr))
    throw new Error(`pgbench: ${stdout}${stderr}`);
  return Number(tps);
}
