import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { startBuiltSystem } from '../support/built-system.js';
import { eventually } from '../support/eventually.js';
import { runMigrations } from '../support/migration-runner.js';
import { BUILT } from '../support/processes.js';
import { SERVICE_KEY } from '../support/test-env.js';

let system: Awaited<ReturnType<typeof startBuiltSystem>>;
beforeAll(async () => {
  system = await startBuiltSystem();
});
afterAll(() => system?.close());

it('the migration runner finds nothing left to do', async () => {
  const { code, stderr } = await runMigrations(['up'], system.environment.variables);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

it('the command line switches through the api, and the worker writes the audit row', async () => {
  const { api, environment } = system;
  const env = { PATH: process.env.PATH, SUPABASE_URL: api.url, SUPABASE_SERVICE_KEY: SERVICE_KEY };
  const command = [BUILT.cli, 'switch', 'eu.amazon.nova-2-lite-v1:0', 'Smoke test', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, command, { env });
  const { switchId } = JSON.parse(stdout).data;
  await eventually(async () => {
    const sql = 'SELECT reason FROM bedrock_model_switches WHERE id = $1';
    expect((await environment.app.query(sql, [switchId])).rows).toEqual([{ reason: 'Smoke test' }]);
  });
});

it('the emulated Bedrock answers a chat through the api', async () => {
  const messages = [{ role: 'user', content: 'Hello' }];
  const { status, body } = await system.api.send('POST', '/v1/chat', { useCase: 'clinical', messages });
  expect([status, body.model?.id]).toEqual([200, 'eu.anthropic.claude-sonnet-4-6']);
});

it('the api serves the console', async () => {
  const page = await fetch(`${system.api.url}/console`);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain('<div id="root">');
});

it('the identity provider of development does not run in production', async () => {
  const program = join(checkout, 'dist', 'apps', 'identity-provider', 'src', 'main.js');
  const started = promisify(execFile)(process.execPath, [program], { env: { NODE_ENV: 'production' } });
  await expect(started).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('does not run with NODE_ENV=production'),
  });
});
