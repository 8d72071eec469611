import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { eventually } from '../support/eventually.js';
import { SupabaseDatabase } from '../support/supabase-database.js';
import { SupabaseProject } from '../support/supabase-project.js';
import { restOf } from '../support/supabase-rest.js';
import { userToken } from '../support/test-system.js';

const NAME = 'erase-deleted-user';
const SECRET = 'a-secret-of-the-database-webhook';
const SNIPPET = readFileSync(join(checkout, 'supabase', 'snippets', `${NAME}.sql`), 'utf8');

/** Database webhooks and pg_cron as in Supabase; requests stay in a table instead of being sent. */
const EXTENSIONS = `
  CREATE SCHEMA net;
  CREATE TABLE net.requests (id serial, url text, headers jsonb, body jsonb);
  CREATE FUNCTION net.http_post(url text, body jsonb DEFAULT '{}', params jsonb DEFAULT '{}', headers jsonb DEFAULT '{}',
    timeout_milliseconds integer DEFAULT 5000) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO net.requests (url, headers, body) VALUES (url, headers, body) RETURNING id
  $$;
  CREATE SCHEMA supabase_functions;
  CREATE FUNCTION supabase_functions.http_request() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    INSERT INTO net.requests (url, headers, body) VALUES (TG_ARGV[0], TG_ARGV[2]::jsonb, jsonb_build_object(
      'type', TG_OP, 'schema', TG_TABLE_SCHEMA, 'table', TG_TABLE_NAME, 'record', to_jsonb(NEW), 'old_record', NULL));
    RETURN NEW;
  END $$;
  CREATE SCHEMA cron;
  CREATE TABLE cron.job (name text, schedule text, command text);
  CREATE FUNCTION cron.schedule(job_name text, schedule text, command text) RETURNS bigint LANGUAGE sql AS $$
    INSERT INTO cron.job VALUES (job_name, schedule, command); SELECT 1::bigint
  $$;
  CREATE FUNCTION cron.unschedule(job_name text) RETURNS boolean LANGUAGE sql AS $$
    DELETE FROM cron.job WHERE name = job_name RETURNING true
  $$;
  GRANT USAGE ON SCHEMA net, supabase_functions, cron TO supabase_owner;
  GRANT ALL ON ALL TABLES IN SCHEMA net, cron TO supabase_owner;
  GRANT ALL ON ALL SEQUENCES IN SCHEMA net TO supabase_owner;`;

let database: SupabaseDatabase;
let project: SupabaseProject;
beforeAll(async () => {
  database = await SupabaseDatabase.create();
  project = await SupabaseProject.start({}, restOf(database));
  await deploy(NAME, {});
  await database.rows(EXTENSIONS);
  await database.asOwner(
    SNIPPET.replaceAll('https://<project>.supabase.co', project.url).replaceAll('<secret>', SECRET),
  );
});
beforeEach(() => database.rows('TRUNCATE net.requests, user_erasures_due'));
afterAll(async () => {
  await project?.close();
  await database?.close();
});

const deploy = async (as: string, secrets: Record<string, string>) => {
  const { body } = await project.system.api.send('POST', '/v1/keys', { name: as, scopes: ['admin'] });
  return project.deploy(
    NAME,
    {
      ORCHESTRATOR_ADMIN_KEY: body.key,
      ERASE_WEBHOOK_SECRET: SECRET,
      SUPABASE_URL: project.url,
      SUPABASE_SERVICE_ROLE_KEY: await userToken('', { role: 'service_role' }),
      ...secrets,
    },
    as,
  );
};

/** Makes a person with a conversation in the orchestrator. */
async function patient(): Promise<string> {
  const id = randomUUID();
  await database.addUsers(id);
  await useApp(id);
  return id;
}
async function useApp(user: string): Promise<void> {
  const body = { action: 'auto-switch', useCase: 'clinical', conversationId: randomUUID() };
  const { status } = await project.system.api.act(body, { token: await userToken(user) });
  expect(status).toBe(200);
}
/** Deletes an account as Supabase Auth does. */
const deleteUser = (id: string) => database.rows('DELETE FROM auth.users WHERE id = $1', [id]);

/** Sends the requests that pg_net holds. @returns the status of each */
async function sendRequests(): Promise<number[]> {
  const requests = await database.rows('DELETE FROM net.requests RETURNING url, headers, body');
  return Promise.all(
    requests.map(async ({ url, headers, body }) => {
      const { status } = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
      return status;
    }),
  );
}
/** Loses what pg_net holds, as a restart of the database does. */
const loseRequests = () => database.rows('TRUNCATE net.requests');
async function runCron(): Promise<number[]> {
  const [job] = await database.rows('SELECT command FROM cron.job');
  await database.rows(job.command);
  return sendRequests();
}
const call = (headers: Record<string, string>, as = NAME) =>
  fetch(project.functionUrl(as), { method: 'POST', headers, body: '{}' });
const isKnown = async (user: string) =>
  (await project.system.environment.owner.query('SELECT FROM ai_conversations WHERE user_id = $1', [user]))
    .rowCount! > 0;
const due = async () =>
  (await database.rows('SELECT user_id FROM user_erasures_due')).map(({ user_id }) => user_id);
/** Lets the access tokens of the deleted users expire. */
const passAnHour = () =>
  database.rows("UPDATE user_erasures_due SET deleted_at = deleted_at - interval '71 minutes'");

describe('a user who is deleted', () => {
  it('is erased in the orchestrator by the database webhook', async () => {
    const [anna, ben] = [await patient(), await patient()];
    await deleteUser(anna);
    expect(await sendRequests()).toEqual([200]);
    await eventually(async () => expect(await isKnown(anna)).toBe(false));
    expect(await isKnown(ben)).toBe(true);
    const { items } = (await project.system.api.get('/v1/erasures')).body;
    expect(items[0].requestedBy).toBe(`service:${NAME}`);
  });

  it('is erased again once the last access token has expired', async () => {
    const anna = await patient();
    await deleteUser(anna);
    await sendRequests();
    await useApp(anna);
    expect([await runCron(), await due()]).toEqual([[200], [anna]]);
    await passAnHour();
    expect([await runCron(), await due()]).toEqual([[200], []]);
    expect(await isKnown(anna)).toBe(false);
  });

  it('and never used the service is done: the orchestrator knows nothing', async () => {
    const nobody = randomUUID();
    await database.addUsers(nobody);
    await deleteUser(nobody);
    expect(await sendRequests()).toEqual([200]);
    await passAnHour();
    expect([await runCron(), await due()]).toEqual([[200], []]);
  });

  it('stays due while the orchestrator is down, forbids it, or is another server', async () => {
    const anna = await patient();
    await deleteUser(anna);
    await loseRequests();
    await passAnHour();
    const { body: key } = await project.system.api.send('POST', '/v1/keys', {
      name: 'reader',
      scopes: ['read'],
    });
    await deploy('down', { ORCHESTRATOR_URL: 'http://127.0.0.1:1' });
    await deploy('forbidden', { ORCHESTRATOR_ADMIN_KEY: key.key });
    await deploy('wrong-server', { ORCHESTRATOR_URL: `${project.system.api.url}/elsewhere` });
    for (const as of ['down', 'forbidden', 'wrong-server']) {
      const response = await call({ 'x-webhook-secret': SECRET }, as);
      expect([response.status, (await response.json()).code]).toEqual([503, 'not_erased']);
    }
    expect([await isKnown(anna), await due()]).toEqual([true, [anna]]);
    expect(await runCron()).toEqual([200]);
    expect([await isKnown(anna), await due()]).toEqual([false, []]);
    expect(project.logs).toContain('not_erased');
    expect(project.logs).not.toContain(anna);
  });
});

describe('a caller', () => {
  it('without the secret erases nobody', async () => {
    const anna = await patient();
    await deleteUser(anna);
    for (const headers of [{}, { 'x-webhook-secret': '' }, { 'x-webhook-secret': `${SECRET}x` }] as Record<
      string,
      string
    >[])
      expect((await call(headers)).status).toBe(401);
    expect((await call({ authorization: `Bearer ${await userToken(anna)}` })).status).toBe(401);
    expect(await isKnown(anna)).toBe(true);
  });

  it('with the secret cannot choose whom to erase', async () => {
    const anna = await patient();
    const body = JSON.stringify({
      type: 'DELETE',
      table: 'users',
      schema: 'auth',
      record: null,
      old_record: { id: anna },
    });
    const response = await fetch(project.functionUrl(NAME), {
      method: 'POST',
      headers: { 'x-webhook-secret': SECRET },
      body,
    });
    expect(await response.json()).toEqual({ success: true, erased: 0 });
    expect(await isKnown(anna)).toBe(true);
  });

  it.each([
    ['the list', 'SELECT FROM user_erasures_due'],
    ['adding to it', 'INSERT INTO user_erasures_due VALUES (gen_random_uuid())'],
    ['reading it by the function', 'SELECT due_user_erasures()'],
    ['removing from it', "SELECT finish_user_erasures('{}')"],
  ])('of the REST interface is denied %s', async (_, statement) => {
    for (const role of ['authenticated', 'anon'] as const)
      await expect(database.as({ role, sub: randomUUID() }, statement)).rejects.toMatchObject({
        code: '42501',
      });
  });
});

it('can be undone by the statements of the guide, and the notifications too; then deletions leave no trace', async () => {
  const guide = readFileSync(join(checkout, 'docs', 'migration.md'), 'utf8');
  const [, ...ofGuide] = /`(DROP FUNCTION .+?)`[\s\S]+?`(DROP FUNCTION .+?)`/.exec(guide)!;
  const [, ofSnippet] = /^-- Undo it with: (.+);$/m.exec(SNIPPET)!;
  await database.asOwner([ofSnippet, ...ofGuide].join(';'));
  await deleteUser(await patient());
  expect([
    await due(),
    await database.rows('SELECT FROM net.requests UNION ALL SELECT FROM cron.job'),
  ]).toEqual([[], []]);
  expect(await database.rows("SELECT FROM pg_tables WHERE tablename = 'model_switch_notifications'")).toEqual(
    [],
  );
});
