import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { profilesFile } from './profiles.js';
import { FakeApiServer, SERVICE_KEY, status, success } from './testing/fake-api-server.js';

const service = new FakeApiServer();
const KEY = 'sk-of-the-profile-0123456789abcdef';
let folder: string;
let env: Record<string, string | undefined>;
beforeAll(() => service.start());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'profiles-'));
  env = { XDG_CONFIG_HOME: folder, SUPABASE_URL: undefined, SUPABASE_SERVICE_KEY: undefined };
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => service.stop());

const run = (line: string, more: Record<string, string> = {}, typed: string[] = []) =>
  service.run(line.split(' '), { env: { ...env, ...more }, typed });
const add = (name: string, url = service.url) => run(`profiles add ${name} --url ${url}`, {}, [KEY]);
const file = () => join(folder, 'orchestrate-bedrock', 'config.json');

it('keeps an address and a key where only its owner can read it, and never shows the key', async () => {
  const added = await add('staging');
  expect(added).toMatchObject({ exitCode: 0, err: '' });
  expect(statSync(file()).mode & 0o777).toBe(0o600);
  expect(statSync(join(folder, 'orchestrate-bedrock')).mode & 0o777).toBe(0o700);
  expect(JSON.parse(readFileSync(file(), 'utf8')).profiles.staging.serviceKey).toBe(KEY);
  for (const args of ['profiles list', 'profiles list --json', 'profiles list -o csv']) {
    const { exitCode, out } = await run(args);
    expect(exitCode).toBe(0);
    expect(out).toContain(service.url);
    expect(out + added.out).not.toContain(KEY);
  }
  expect((await run('profiles list')).out).toMatch(/^staging +http:.* +kept +yes$/m);
});

it('sends the key of the current profile to its address, and hides it in answers', async () => {
  await add('staging');
  service.reply(status(401, { error: `Bad token ${KEY}` }));
  const { err } = await run('list');
  expect(service.received[0]?.headers.authorization).toBe(`Bearer ${KEY}`);
  expect(err).toContain('Bad token [SUPABASE_SERVICE_KEY]');
  expect(err).toContain('check the key of the profile staging');
});

it.each([
  ['--profile', 'list --profile other', {}],
  ['the environment', 'list', { ORCHESTRATE_BEDROCK_PROFILE: 'other' }],
])('takes the profile that %s names', async (_, line, more) => {
  await add('staging', 'http://127.0.0.1:9');
  await add('other');
  service.reply(success('list-all', { models: [] }));
  expect(await run(line, more)).toMatchObject({ exitCode: 0, err: '' });
});

it('use and remove change the current one', async () => {
  await add('staging', 'http://127.0.0.1:9');
  await add('other');
  expect((await run('profiles use other')).exitCode).toBe(0);
  service.reply(success('list-all', { models: [] }));
  expect(await run('list')).toMatchObject({ exitCode: 0 });
  expect((await run('profiles remove other')).exitCode).toBe(0);
  expect(readFileSync(file(), 'utf8')).not.toContain('other');
  expect(await run('list')).toMatchObject({ exitCode: 2, err: expect.stringContaining('not set') });
});

it('gives the environment precedence, and says so where a profile was named', async () => {
  await add('staging', 'http://127.0.0.1:9');
  service.reply(success('list-all', { models: [] }), success('list-all', { models: [] }));
  const given = { SUPABASE_URL: service.url, SUPABASE_SERVICE_KEY: SERVICE_KEY };
  expect(await run('list', given)).toMatchObject({ exitCode: 0, err: '' });
  const named = await run('list --profile staging', given);
  expect(service.received.map(({ headers }) => headers.authorization)).toEqual(
    Array.from({ length: 2 }, () => `Bearer ${SERVICE_KEY}`),
  );
  expect(named.err).toContain('SUPABASE_URL and SUPABASE_SERVICE_KEY of the environment are used');
});

it('never sends the key of a profile to another address', async () => {
  await add('staging', 'http://127.0.0.1:9');
  service.reply();
  const { exitCode, err } = await run('list', { SUPABASE_URL: service.url });
  expect({ exitCode, received: service.received }).toEqual({ exitCode: 2, received: [] });
  expect(err).toContain('to its own address only');
  expect(err).not.toContain(KEY);
});

it.each([
  ['profiles use nobody', /There is no profile nobody. There are none yet/],
  ['list --profile nobody', /There is no profile nobody/],
  ['profiles add a/b --url http://h', /letters, digits/],
  ['profiles add a --url ftp://h', /--url must be an http or https address/],
  ['profiles add a --url http://h', /No key came from the standard input/],
])('refuses %s', async (line, message) => {
  const { exitCode, err } = await run(line);
  expect(exitCode).toBe(2);
  expect(err).toMatch(message);
});

it('refuses a file that other accounts can read', async () => {
  await add('staging');
  chmodSync(file(), 0o644);
  expect(await run('list')).toMatchObject({ exitCode: 2, err: expect.stringContaining('chmod 600') });
});

it.each<[NodeJS.Platform, Record<string, string>, string]>([
  ['linux', { HOME: '/home/a' }, '/home/a/.config/orchestrate-bedrock/config.json'],
  ['linux', { HOME: '/home/a', XDG_CONFIG_HOME: '/x' }, '/x/orchestrate-bedrock/config.json'],
  ['darwin', { HOME: '/Users/a' }, '/Users/a/Library/Application Support/orchestrate-bedrock/config.json'],
  ['win32', { APPDATA: '/r' }, '/r/orchestrate-bedrock/config.json'],
])('is where %s keeps settings: %j', (platform, given, expected) => {
  expect(profilesFile(given, platform)).toBe(expected);
});
