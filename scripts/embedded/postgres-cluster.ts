import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchError } from './launch-error.js';
import type { Account } from './server-account.js';

export interface Cluster {
  folder: string;
  binaries: string;
  account?: Account;
  password: string;
}

/** Nothing of the caller's environment (PGDATA, PGPORT, LC_*) may change how the server behaves. */
export const serverEnvironment = { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' };

/** Returns the superuser's password, which is created once and kept beside the data. */
export function clusterPassword(folder: string): string {
  const file = join(folder, 'password');
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('base64url'), { mode: 0o600 });
  return readFileSync(file, 'utf8');
}

/** Creates a cluster under a temporary name, so that an incomplete one (killed during initdb) is never used. */
export function createCluster(cluster: Cluster, sync: boolean): void {
  if (existsSync(cluster.folder)) return;
  const unfinished = `${cluster.folder}.new`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  if (cluster.account) chownSync(unfinished, cluster.account.uid, cluster.account.gid);
  withPasswordFile(cluster, (passwordFile) => initialize(cluster, unfinished, { passwordFile, sync }));
  renameSync(unfinished, cluster.folder);
}

function initialize(
  cluster: Cluster,
  folder: string,
  options: { passwordFile: string; sync: boolean },
): void {
  const initdb = join(cluster.binaries, 'initdb');
  const knowsBuiltin = execFileSync(initdb, ['--help'], { ...cluster.account, cwd: '/' }).includes(
    '--builtin-locale',
  );
  // Collation of PostgreSQL's own, so that sorting does not depend on the machine's locales; before 17 it is by bytes.
  const builtin = knowsBuiltin ? ['--locale-provider=builtin', '--builtin-locale=C.UTF-8'] : [];
  const locale = ['--locale=C', '--encoding=UTF8', ...builtin];
  const login = ['--username=postgres', '--auth=scram-sha-256', `--pwfile=${options.passwordFile}`];
  const args = [`--pgdata=${folder}`, ...login, ...locale, ...(options.sync ? [] : ['--no-sync'])];
  try {
    execFileSync(initdb, args, {
      ...cluster.account,
      cwd: '/',
      env: serverEnvironment,
      encoding: 'utf8',
      stdio: 'pipe',
    });
  } catch (error) {
    throw new LaunchError(
      `initdb failed: ${(error as { stderr?: string }).stderr ?? (error as Error).message}`,
    );
  }
}

function withPasswordFile(cluster: Cluster, use: (path: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'bedrock-initdb-'));
  const file = join(folder, 'password');
  try {
    writeFileSync(file, cluster.password, { mode: 0o600 });
    if (cluster.account) {
      for (const path of [folder, file]) chownSync(path, cluster.account.uid, cluster.account.gid);
    }
    use(file);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
