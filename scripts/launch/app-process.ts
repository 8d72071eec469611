import { type ChildProcess, fork } from 'node:child_process';
import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkout, logFolder } from '../embedded/checkout.js';
import { exitOf, type Running, stopChild } from '../embedded/child-process.js';
import { followApp } from './app-log.js';

type AppName = 'api' | 'worker' | 'bedrock-emulator' | 'identity-provider';

/** Options that the image uses too. docs/performance.md describes the effect of the size of the young generation. */
export const nodeOptionsOf = (folder: string) => [
  `--import=${pathToFileURL(join(folder, 'dist', 'libs', 'platform', 'process', 'source-maps.js'))}`,
  '--min-semi-space-size=16',
  '--max-semi-space-size=16',
];
export const NODE_OPTIONS = nodeOptionsOf(checkout);

/** Forks a built app. It leaves by itself when this process is gone, on `disconnect` of the channel. */
export function forkApp(
  name: AppName,
  environment: NodeJS.ProcessEnv,
): { child: ChildProcess; running: Running } {
  mkdirSync(logFolder, { recursive: true });
  const log = createWriteStream(join(logFolder, `${name}.log`), { flags: 'a' });
  const child = fork(join(checkout, 'dist', 'apps', name, 'src', 'main.js'), {
    cwd: checkout,
    env: environment,
    execArgv: NODE_OPTIONS,
    // Its own process group: Ctrl-C reaches it once, from us, and not also from the terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  followApp(name, { stdout: child.stdout!, stderr: child.stderr! }, log);
  const exited = exitOf(child);
  child.once('close', () => log.end());
  const stop = () =>
    stopChild(child, exited, [
      ['SIGTERM', 5_000],
      ['SIGKILL', 1_000],
    ]);
  return { child, running: { pid: child.pid!, exited, stop } };
}
