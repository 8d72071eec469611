import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { isAlive } from '../../scripts/embedded/processes.js';
import { type EmbeddedRedis, startRedis } from '../../scripts/embedded/redis.js';
import { eventually } from '../support/eventually.js';
import { stablePort } from '../support/stable-port.js';

let redis: EmbeddedRedis | undefined;
afterEach(() => redis?.stop());

function ping(port: number, host: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, host, () => socket.write('PING\r\n'));
    socket.once('error', reject);
    socket.once('data', (data) => {
      resolve(data.toString());
      socket.destroy();
    });
  });
}

// All of 127.0.0.0/8 is this machine on Linux: what listens everywhere would answer on 127.0.0.2 too.
it.runIf(process.platform === 'linux')('listens on 127.0.0.1 only', async () => {
  redis = await startRedis();
  expect(await ping(redis.port, '127.0.0.1')).toBe('+PONG\r\n');
  await expect(ping(redis.port, '127.0.0.2')).rejects.toThrow('ECONNREFUSED');
});

it('starts again on the port of one that was killed', async () => {
  const first = await startRedis({ port: await stablePort() });
  await first.kill();
  expect(await first.exited).toBe('killed by SIGKILL');
  redis = await startRedis({ port: first.port });
  expect(redis.url).toBe(first.url);
});

it('leaves when its launcher is killed', async () => {
  const module = JSON.stringify(join(checkout, 'dist', 'scripts', 'embedded', 'redis.js'));
  const script = `const { startRedis } = await import(${module}); console.log((await startRedis()).pid);`;
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script]);
  const pid = Number((await once(launcher.stdout, 'data'))[0]);
  expect(isAlive(pid)).toBe(true);
  launcher.kill('SIGKILL');
  await eventually(() => expect(isAlive(pid)).toBe(false));
});
