import { execFileSync, spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LaunchError } from './launch-error.js';

/** Account of the server: PostgreSQL refuses to run as root. */
export interface Account {
  uid: number;
  gid: number;
}

function lookUp(name: string): Account | undefined {
  try {
    const id = (flag: string) =>
      Number(execFileSync('id', [flag, name], { encoding: 'utf8', stdio: 'pipe' }));
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    return undefined;
  }
}

/** Returns the account that runs a cluster; undefined: that of this process. */
export function serverAccount(cluster: string): Account | undefined {
  if (process.getuid?.() !== 0) return undefined;
  // A cluster of an ordinary user keeps its owner when root starts it once.
  const owner = existsSync(cluster) ? statSync(cluster) : undefined;
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  const account = lookUp('postgres') ?? lookUp('nobody');
  if (!account)
    throw new LaunchError('PostgreSQL does not run as root, and there is no user `postgres` or `nobody`');
  return account;
}

/**
 * Returns the folder for the files of the server. This is `folder`, or a folder outside of it if its account has no
 * access (root's checkout below a 0700 folder). A link in `folder` points to that one.
 */
export function reachableHome(folder: string): string {
  mkdirSync(folder, { recursive: true });
  if (process.getuid?.() !== 0) return folder;
  chmodSync(folder, 0o755);
  const account = serverAccount(join(folder, 'cluster'))!;
  if (spawnSync('test', ['-x', folder], { ...account, cwd: '/' }).status === 0) return folder;
  return homeElsewhere(folder);
}

function homeElsewhere(folder: string): string {
  const link = join(folder, 'elsewhere');
  if (existsSync(link)) {
    // A copied checkout contains the link, but must not share the cluster of the original.
    const target = readlinkSync(link);
    if (readFileSync(join(target, 'belongs-to'), 'utf8') === realpathSync(folder)) return target;
  }
  rmSync(link, { force: true });
  // /var/tmp outlives a reboot, /tmp often does not.
  const parent = existsSync('/var/tmp') ? '/var/tmp' : tmpdir();
  const home = mkdtempSync(join(parent, 'bedrock-orchestrator-'));
  chmodSync(home, 0o755);
  writeFileSync(join(home, 'belongs-to'), realpathSync(folder));
  symlinkSync(home, link);
  return home;
}
