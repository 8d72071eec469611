import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  CLI_CLIENT_ID,
  CLIENT_ID,
  IdentityProvider,
} from '../../apps/identity-provider/src/identity-provider.js';
import { startBuiltSystem } from '../support/built-system.js';
import { eventually } from '../support/eventually.js';
import { IssuerBrowser } from '../support/issuer-browser.js';
import { BUILT } from '../support/processes.js';

let issuer: IdentityProvider;
let system: Awaited<ReturnType<typeof startBuiltSystem>>;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'cli-login-'));
  issuer = await IdentityProvider.start([]);
  const issuers = [
    { issuer: issuer.issuer, name: 'MedZen', clientId: CLIENT_ID, cliClientId: CLI_CLIENT_ID },
  ];
  system = await startBuiltSystem({
    OIDC_ISSUERS: JSON.stringify(issuers),
    OIDC_ROLES: JSON.stringify({ 'ml-ops': ['read', 'operate'] }),
    BOOTSTRAP_KEY: 'read-only',
  });
});
afterAll(async () => {
  await system?.close();
  await issuer?.close();
  rmSync(folder, { recursive: true });
});

/** The built program, with what it has written so far. */
function start(...args: string[]) {
  const env = { PATH: process.env.PATH, XDG_CONFIG_HOME: folder, SUPABASE_URL: system.api.url };
  const child = spawn(process.execPath, [BUILT.cli, ...args], { env });
  const program = {
    child,
    out: '',
    err: '',
    ended: new Promise<number | null>((resolve) => child.once('close', resolve)),
  };
  child.stdout.on('data', (chunk) => {
    program.out += chunk;
  });
  child.stderr.on('data', (chunk) => {
    program.err += chunk;
  });
  return program;
}
async function run(...args: string[]) {
  const program = start(...args);
  const exitCode = await program.ended;
  return { exitCode, out: program.out, err: program.err };
}
const pageOf = (program: { err: string }) =>
  eventually(() => {
    const found = /^ {4}(http\S+)$/m.exec(program.err);
    expect(found).not.toBeNull();
    return found![1]!;
  });

it('a person signs in at the command line, approves it in a browser, acts as itself, and signs out', async () => {
  const login = start('login');
  const page = await new IssuerBrowser().decide(await pageOf(login), 'ada', 'yes');
  expect(page).toContain('You are signed in: go back to your terminal.');
  expect([await login.ended, login.err.includes('Cannot')]).toEqual([0, false]);
  const who = await run('whoami');
  expect(who.out).toMatch(
    /^person:[\da-f]{8}:ada\n.*Groups: +ml-ops\n.*Scopes: +read, operate\n.*Expires: /s,
  );
  const switched = await run('switch', 'eu.amazon.nova-2-lite-v1:0', 'As myself', '--json');
  const { switchId } = JSON.parse(switched.out).data;
  await eventually(async () => {
    const sql = 'SELECT actor FROM bedrock_model_switches WHERE id = $1';
    const { rows } = await system.environment.app.query(sql, [switchId]);
    expect(rows).toEqual([{ actor: expect.stringMatching(/^person:[\da-f]{8}:ada$/) }]);
  });
  expect(await run('logout')).toMatchObject({ exitCode: 0 });
  expect(await run('whoami')).toMatchObject({ exitCode: 2, err: expect.stringContaining('`login`') });
});

it('a person who refuses is not signed in', async () => {
  const login = start('login');
  await new IssuerBrowser().decide(await pageOf(login), 'ada', 'no');
  expect(await login.ended).toBe(1);
  expect(login.err).toContain('The sign-in was refused at MedZen');
});

it('Ctrl-C ends the wait', async () => {
  const login = start('login');
  await pageOf(login);
  login.child.kill('SIGINT');
  expect(await login.ended).toBe(1);
  expect(login.err).toContain('The sign-in was cancelled. Nothing was kept.');
});
