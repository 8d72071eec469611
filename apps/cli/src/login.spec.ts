import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { eventually } from '../../../test/support/eventually.js';
import { FakeApiServer, SERVICE_KEY, status, success } from './testing/fake-api-server.js';
import { FakeIssuer } from './testing/fake-issuer.js';

const service = new FakeApiServer();
const SESSION = {
  actor: 'person:1f3a5b7c:ada',
  kind: 'person',
  scopes: ['read', 'operate'],
  groups: ['ml-ops'],
  authenticatedAt: '2026-01-15T10:00:00.000Z',
  expiresAt: '2026-01-15T11:00:00.000Z',
};
let issuer: FakeIssuer;
let folder: string;
beforeAll(() => service.start());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'login-'));
  issuer = await new FakeIssuer().start();
});
afterEach(async () => {
  rmSync(folder, { recursive: true });
  await issuer.stop();
});
afterAll(() => service.stop());

const file = () => join(folder, 'orchestrate-bedrock', 'sign-ins.json');
const run = (line: string, { env = {}, ...terminal }: Parameters<FakeApiServer['run']>[1] = {}) =>
  service.run(line.split(' '), {
    ...terminal,
    env: { XDG_CONFIG_HOME: folder, SUPABASE_SERVICE_KEY: undefined, ...env },
  });
const listed = (...more: object[]) =>
  status(200, {
    items: [
      { id: '1f3a5b7c', name: 'MedZen', issuer: issuer.url, cliClientId: 'cli', scope: 'openid' },
      ...more,
    ],
  });
const login = (terminal?: Parameters<FakeApiServer['run']>[1]) => {
  service.reply(listed(), status(200, SESSION));
  return run('login', terminal);
};

describe('a sign-in', () => {
  it('shows where to approve it, waits, and keeps the token where only its owner can read it', async () => {
    issuer.polls = ['authorization_pending', 'authorization_pending', 'tokens'];
    const { exitCode, out, err } = await login();
    expect({ exitCode, polled: issuer.polled }).toEqual({ exitCode: 0, polled: 3 });
    expect(err).toContain('    https://login.example.com/device?user_code=ABCD-EFGH\n');
    expect(err).toContain('shows the code ABCD-EFGH. It is valid for 10 minutes; Ctrl-C cancels.');
    expect(out).toContain(`Signed in at ${service.url} as person:1f3a5b7c:ada until 2026-01-15 11:00 UTC`);
    expect(out).toContain('Scopes: read, operate');
    expect(statSync(file()).mode & 0o777).toBe(0o600);
    expect(readFileSync(file(), 'utf8')).toContain(issuer.token);
    expect(out + err).not.toContain(issuer.token);
    expect(service.received.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/v1/session/issuers', undefined],
      ['/v1/session', `Bearer ${issuer.token}`],
    ]);
  });

  it('is used by the next commands at this address, and by none at another one', async () => {
    await login();
    service.reply(success('list-all', { models: [] }), status(200, SESSION));
    expect(await run('list')).toMatchObject({ exitCode: 0, err: '' });
    const { out } = await run('whoami');
    expect(out).toMatch(
      /^person:1f3a5b7c:ada\n.*Groups: +ml-ops\n.*Scopes: +read, operate\n.*Signed in: .*\n.*Expires: +2026-01-15 11:00 UTC\n$/s,
    );
    for (const { headers } of service.received) expect(headers.authorization).toBe(`Bearer ${issuer.token}`);
    service.reply();
    const elsewhere = await run('list', { env: { SUPABASE_URL: `${service.url}/other` } });
    expect(elsewhere).toMatchObject({ exitCode: 2, err: expect.stringContaining('`login`') });
    expect(service.received).toEqual([]);
  });

  it('comes after the key of the environment, and says so', async () => {
    const { err } = await login({ env: { SUPABASE_SERVICE_KEY: SERVICE_KEY } });
    expect(err).toContain('Warning: commands use SUPABASE_SERVICE_KEY');
    service.reply(success('list-all', { models: [] }));
    await run('list', { env: { SUPABASE_SERVICE_KEY: SERVICE_KEY } });
    expect(service.received[0]?.headers.authorization).toBe(`Bearer ${SERVICE_KEY}`);
  });

  it('says `login` when it has ended', async () => {
    await login();
    service.reply(status(401, { detail: 'Your sign-in is not valid any more: sign in again' }));
    const { exitCode, err } = await run('models list');
    expect(exitCode).toBe(1);
    expect(err).toContain('your sign-in has ended. Sign in again: orchestrate-bedrock login');
  });

  it('is written as data for programs', async () => {
    service.reply(listed(), status(200, SESSION));
    expect(JSON.parse((await run('login --json')).out)).toMatchObject({ actor: SESSION.actor });
  });

  it('is forgotten by logout', async () => {
    await login();
    expect(await run('logout')).toMatchObject({ exitCode: 0, out: expect.stringContaining('is forgotten') });
    expect(readFileSync(file(), 'utf8')).not.toContain(issuer.token);
    expect(await run('list')).toMatchObject({ exitCode: 2, err: expect.stringContaining('not set') });
    expect((await run('logout')).out).toContain('You were not signed in');
  });
});

describe('a sign-in that fails keeps nothing, where', () => {
  afterEach(() => expect(existsSync(file())).toBe(false));

  it.each<[string, (given: FakeIssuer) => void, number, RegExp]>([
    [
      'the person refuses',
      (given) => Object.assign(given, { polls: ['access_denied'] }),
      1,
      /was refused at MedZen/,
    ],
    [
      'the issuer says that the code expired',
      (given) => Object.assign(given, { polls: ['expired_token'] }),
      1,
      /has expired .* Run login again/,
    ],
    [
      'nobody approves the code in time',
      (given) => Object.assign(given, { polls: ['authorization_pending'], expiresIn: 0.2 }),
      1,
      /has expired/,
    ],
    [
      'the issuer has no device flow',
      (given) => Object.assign(given, { hasDeviceFlow: false }),
      1,
      /offers no device flow/,
    ],
    [
      'the issuer does not know the client',
      (given) => Object.assign(given, { refusal: { error: 'unauthorized_client', error_description: 'no' } }),
      1,
      /unauthorized_client: no.*\n.*client cli/,
    ],
    [
      'the issuer names something else than a page',
      (given) => Object.assign(given, { verificationUri: 'javascript:alert(1)' }),
      1,
      /named no web page/,
    ],
    [
      'the issuer is gone while it is asked',
      (given) => Object.assign(given, { polls: ['cut'] }),
      3,
      /Cannot reach the issuer MedZen/,
    ],
  ])('%s', async (_, plan, exitCode, message) => {
    plan(issuer);
    const ended = await login();
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.err).toMatch(message);
  });

  it('the issuer is away', async () => {
    service.reply(
      status(200, {
        items: [{ id: 'i', name: 'MedZen', issuer: 'http://127.0.0.1:1', cliClientId: 'c', scope: 'openid' }],
      }),
    );
    const { exitCode, err } = await run('login');
    expect(exitCode).toBe(3);
    expect(err).toContain('Cannot reach the issuer MedZen (http://127.0.0.1:1)');
  });

  it('somebody presses Ctrl-C', async () => {
    issuer.polls = ['authorization_pending'];
    const keyboard = new AbortController();
    const running = login({ interruption: keyboard.signal });
    await eventually(() => expect(issuer.polled).toBeGreaterThan(0));
    keyboard.abort();
    expect(await running).toMatchObject({
      exitCode: 1,
      err: expect.stringContaining('was cancelled. Nothing was kept.'),
    });
  });

  it('the service refuses the token', async () => {
    service.reply(listed(), status(401, { detail: 'It is not valid' }));
    const { exitCode, err } = await run('login');
    expect(exitCode).toBe(1);
    expect(err).toContain(
      'The service refused the sign-in: It is not valid. Nothing was kept.\n  It has to accept the client cli',
    );
  });

  it.each<[string, object[], number, RegExp]>([
    ['the service knows no issuer', [], 1, /no OIDC_ISSUERS/],
    [
      'its issuers are for the console only',
      [{ id: 'i', name: 'I', issuer: 'http://i', cliClientId: null, scope: '' }],
      1,
      /no cliClientId/,
    ],
  ])('%s', async (_, items, exitCode, message) => {
    service.reply(status(200, { items }));
    const ended = await run('login');
    expect(ended.exitCode).toBe(exitCode);
    expect(ended.err).toMatch(message);
  });

  it('there are several issuers, and none is named', async () => {
    service.reply(
      listed({ id: 'other', name: 'Other', issuer: 'http://127.0.0.1:1', cliClientId: 'c', scope: '' }),
    );
    expect(await run('login')).toMatchObject({
      exitCode: 2,
      err: expect.stringMatching(/--issuer. There are: MedZen, Other/),
    });
  });
});

it('takes the issuer that is named', async () => {
  const other = { id: 'other', name: 'Other', issuer: 'http://127.0.0.1:1', cliClientId: 'c', scope: '' };
  service.reply(listed(other), status(200, SESSION));
  expect(await run('login --issuer MedZen')).toMatchObject({ exitCode: 0 });
});

it('asks less often where the issuer says that it is too often, and takes a lost answer for none', async () => {
  issuer.polls = ['cut', 'slow_down', 'tokens'];
  expect(await login()).toMatchObject({ exitCode: 0 });
  expect(issuer.polled).toBe(3);
});

it('asks somebody whose key may only read to sign in', async () => {
  service.reply(status(403, { detail: 'The bootstrap key may only read here', code: 'read_only_key' }));
  const { err } = await run('switch m', { env: { SUPABASE_SERVICE_KEY: SERVICE_KEY } });
  expect(err).toContain('sign in as a person: orchestrate-bedrock login');
});
