import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { commandOf } from '../embedded/processes.js';

export function isPortFree(port: number, host: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(false);
      else reject(error);
    });
    probe.listen(port, host, () => probe.close(() => resolve(true)));
  });
}

/** Describes the process that listens on the port. */
export function describePortHolder(port: number): string {
  const holder = process.platform === 'linux' ? holderByProc(port) : describeProcess(pidByLsof(port));
  return holder ?? 'this system does not say by which process';
}

function describeProcess(pid: number | undefined): string | undefined {
  return pid ? `pid ${pid}: ${commandOf(pid) ?? 'command unknown'}` : undefined;
}

function holderByProc(port: number): string | undefined {
  const sockets = [...listeningSockets('/proc/net/tcp', port), ...listeningSockets('/proc/net/tcp6', port)];
  for (const { inode } of sockets) {
    const holder = describeProcess(pidOfSocket(inode));
    if (holder) return holder;
  }
  // The files of other users' processes are not readable, but the table has the user.
  return sockets[0] && `a process of user id ${sockets[0].uid}, which may not be looked into`;
}

/** Rows: `sl local_address rem_address st tx:rx tr:when retrnsmt uid timeout inode`, addresses in hex. */
function listeningSockets(table: string, port: number): { uid: string; inode: string }[] {
  const LISTEN = '0A';
  const localPort = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return readOrEmpty(table)
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(localPort) && columns[3] === LISTEN)
    .map((columns) => ({ uid: columns[7]!, inode: columns[9]! }));
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function pidOfSocket(inode: string): number | undefined {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return Number(pids.find((pid) => hasOpen(`/proc/${pid}/fd`, `socket:[${inode}]`))) || undefined;
}

function hasOpen(descriptors: string, target: string): boolean {
  try {
    return readdirSync(descriptors).some((name) => readlinkSync(`${descriptors}/${name}`) === target);
  } catch {
    // The process is gone, or not readable.
    return false;
  }
}

function pidByLsof(port: number): number | undefined {
  try {
    const pids = execFileSync('lsof', ['-t', `-iTCP:${port}`, '-sTCP:LISTEN'], {
      encoding: 'utf8',
      stdio: 'pipe',
    });
    return Number(pids.split('\n')[0]) || undefined;
  } catch {
    return undefined;
  }
}
