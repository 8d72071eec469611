import { spawn, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { dataFolder } from '../../scripts/embedded/checkout.js';
import { freePort } from '../../scripts/embedded/free-port.js';
import { pin } from '../cpu-pinning.js';

export const PORTKEY = '1.15.2';
const PACKAGE = '@portkey-ai/gateway';

/** A running Portkey gateway. */
export interface Portkey {
  url: string;
  pid: number;
  stop(): void;
}

/**
 * As its own documentation starts it in production: no log console, nothing recorded of a call, no cache, no own
 * key to check.
 */
export async function startPortkey(): Promise<Portkey> {
  const port = await freePort();
  const program = join(installed(), 'node_modules', PACKAGE, 'build', 'start-server.js');
  const child = spawn(process.execPath, [program, `--port=${port}`, '--headless'], {
    env: { PATH: process.env.PATH, NODE_ENV: 'production' },
    stdio: 'ignore',
  });
  pin(child.pid!, 'measured');
  const url = `http://127.0.0.1:${port}`;
  while (!(await answers(url))) {
    if (child.exitCode !== null) throw new Error(`Portkey ended with ${child.exitCode}`);
    await delay(50);
  }
  return { url, pid: child.pid!, stop: () => child.kill('SIGKILL') };
}

/** Headers that name Bedrock as its provider, with address and credentials. */
export const portkeyHeaders = (bedrockUrl: string): Record<string, string> => ({
  'x-portkey-provider': 'bedrock',
  'x-portkey-custom-host': bedrockUrl,
  'x-portkey-aws-region': 'eu-central-1',
  'x-portkey-aws-access-key-id': 'bench',
  'x-portkey-aws-secret-access-key': 'bench',
});

const answers = (url: string): Promise<boolean> =>
  fetch(url).then(
    ({ ok }) => ok,
    () => false,
  );

/** Kept beside the other data of a checkout: its packages are none of this project. @returns its folder */
function installed(): string {
  const folder = join(dataFolder, 'bench', `portkey-${PORTKEY}`);
  if (existsSync(join(folder, 'node_modules', PACKAGE))) return folder;
  const quiet = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-save', '--no-package-lock'];
  const { status, stderr } = spawnSync(
    'npm',
    ['install', '--prefix', folder, ...quiet, `${PACKAGE}@${PORTKEY}`],
    { encoding: 'utf8' },
  );
  if (status !== 0) throw new Error(`Portkey could not be installed:\n${stderr}`);
  return folder;
}
