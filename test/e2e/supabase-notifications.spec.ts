import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { type Sent, signedMessage, webhookSecret } from '../support/signed-message.js';
import { SupabaseDatabase } from '../support/supabase-database.js';
import { SupabaseProject } from '../support/supabase-project.js';
import { restOf } from '../support/supabase-rest.js';
import { userToken } from '../support/test-system.js';

const NAME = 'model-switch-notifications';
const TABLE = 'model_switch_notifications';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const [ANNA, BEN] = [randomUUID(), randomUUID()];
const SECRET = webhookSecret('a test secret of 32 characters..');

let database: SupabaseDatabase;
let project: SupabaseProject;
beforeAll(async () => {
  database = await SupabaseDatabase.create();
  await database.addUsers(ANNA, BEN);
  project = await SupabaseProject.start({ WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1' }, restOf(database));
  await deploy(SECRET, 'signed-by-the-test');
});
afterAll(async () => {
  await project?.close();
  await database?.close();
});

const deploy = async (secret: string, as: string) =>
  project.deploy(
    NAME,
    {
      MODEL_SWITCH_WEBHOOK_SECRET: secret,
      SUPABASE_URL: project.url,
      SUPABASE_SERVICE_ROLE_KEY: await userToken('', { role: 'service_role' }),
    },
    as,
  );

/** Sends a message as the orchestrator does. @returns the status */
async function send(message: Sent = {}): Promise<number> {
  const { body, headers } = signedMessage({ secret: SECRET, recipients: [ANNA], ...message });
  return post(body, headers);
}
async function post(body: string, headers: Record<string, string>): Promise<number> {
  const { status } = await fetch(project.functionUrl('signed-by-the-test'), {
    method: 'POST',
    headers,
    body,
  });
  return status;
}
const storedOf = (webhookId: string) =>
  database.rows(`SELECT user_id FROM ${TABLE} WHERE webhook_id = $1 ORDER BY user_id`, [webhookId]);

it('brings a switch of a person into the person’s table, by the orchestrator’s own webhook', async () => {
  const { api } = project.system;
  const { body: key } = await api.send('POST', '/v1/keys', { name: 'supabase', scopes: ['act-as'] });
  const token = { token: key.key };
  const url = project.functionUrl('real');
  const made = await api.send('POST', '/v1/webhooks', { url, feed: 'users' }, token);
  expect(made.status).toBe(201);
  await deploy(made.body.secret, 'real');
  const tested = await api.send('POST', `/v1/webhooks/${made.body.id}/test`, undefined, token);
  expect(tested.body).toMatchObject({ delivered: true, status: 204 });

  const client = await project.clientFor(ANNA);
  const body = { action: 'auto-switch', useCase: 'clinical', conversationId: randomUUID() };
  const asAnna = { token: await userToken(ANNA) };
  expect((await api.act(body, asAnna)).body).toMatchObject({ data: { switched: true } });
  const row = await eventually(async () => {
    const { data, error } = await client.from(TABLE).select('*').eq('model_id', SONNET);
    expect(error).toBeNull();
    expect(data).toHaveLength(1);
    return data![0];
  });
  expect(row).toMatchObject({
    user_id: ANNA,
    title: 'Auto-Switching AI Model',
    type: 'auto',
    acknowledged_at: null,
  });
  const { items } = (await api.get('/v1/notifications', asAnna)).body;
  const { shownAt, acknowledgedAt, ...sent } = items[0];
  expect(row.notification).toEqual(sent);
  expect((await (await project.clientFor(BEN)).from(TABLE).select('*')).data).toEqual([]);
});

describe('messages', () => {
  it('are stored once for each recipient with an account, however often they come', async () => {
    const id = randomUUID();
    const recipients = [ANNA, BEN, randomUUID(), 'user-456'];
    expect([await send({ id, recipients }), await send({ id, recipients })]).toEqual([204, 204]);
    expect(await Promise.all([send({ id, recipients }), send({ id, recipients })])).toEqual([204, 204]);
    expect(await storedOf(id)).toEqual([ANNA, BEN].toSorted().map((user_id) => ({ user_id })));
    const [{ found }] = await database.rows(
      `SELECT count(*)::int AS found FROM ${TABLE} WHERE notification ? 'recipients'`,
    );
    expect(found).toBe(0);
  });

  it('of the test, of operators and of nobody known change nothing', async () => {
    for (const sent of [{ type: 'webhook.test' }, { recipients: null }, { recipients: ['user-456'] }]) {
      const id = randomUUID();
      expect([await send({ id, ...sent }), await storedOf(id)]).toEqual([204, []]);
    }
  });

  it('are refused unless they are signed, with the right secret, as they are, in the last 5 minutes', async () => {
    const id = randomUUID();
    const other = webhookSecret('another secret of 32 characters.');
    expect(await send({ id, secret: other })).toBe(401);
    for (const minutes of [-6, 6])
      expect(await send({ id, at: new Date(Date.now() + minutes * 60_000) })).toBe(401);
    const { body, headers: signed } = signedMessage({ id, secret: SECRET, recipients: [ANNA] });
    const changes: [string, Record<string, string>][] = [
      [body.replace(ANNA, BEN), signed],
      [body, { ...signed, 'webhook-id': randomUUID() }],
      [body, { ...signed, 'webhook-timestamp': String(Number(signed['webhook-timestamp']) + 1) }],
      [body, { ...signed, 'webhook-timestamp': 'NaN' }],
      [body, { ...signed, 'webhook-signature': '' }],
      [body, { ...signed, 'webhook-signature': 'v1,????' }],
      [body, { ...signed, 'webhook-signature': signed['webhook-signature'].replace('v1,', 'v2,') }],
      [body, {}],
    ];
    for (const [changed, headers] of changes) expect(await post(changed, headers)).toBe(401);
    expect(await storedOf(id)).toEqual([]);
    // While the secret is rotated, a message has two signatures.
    const rotated = {
      ...signed,
      'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')} ${signed['webhook-signature']}`,
    };
    expect([await post(body, rotated), await storedOf(id)]).toEqual([204, [{ user_id: ANNA }]]);
    expect(await post('x'.repeat(1024 * 1024 + 1), signed)).toBe(413);
  });

  it('come again where the database did not take them', async () => {
    const id = randomUUID();
    await database.asOwner(`ALTER TABLE public.${TABLE} RENAME TO elsewhere`);
    expect(await send({ id })).toBe(503);
    await database.asOwner(`ALTER TABLE public.elsewhere RENAME TO ${TABLE}`);
    expect([await send({ id }), await storedOf(id)]).toEqual([204, [{ user_id: ANNA }]]);
  });

  it('leave nothing in the log of the function', async () => {
    await send();
    expect(project.logs).not.toContain(ANNA);
    expect(project.logs).not.toContain('Better quality needed');
    expect(project.logs).not.toContain(SECRET);
  });
});

describe('the table', () => {
  const [mine, others] = [randomUUID(), randomUUID()];
  const asAnna = { role: 'authenticated', sub: ANNA } as const;
  const denied = expect.objectContaining({ code: '42501' });
  beforeAll(async () => {
    await send({ id: mine, recipients: [ANNA] });
    await send({ id: others, recipients: [BEN] });
  });

  it('shows nobody the rows of others, through no filter', async () => {
    const seen = await database.as(asAnna, `SELECT DISTINCT user_id FROM ${TABLE}`);
    expect(seen.rows).toEqual([{ user_id: ANNA }]);
    for (const condition of [`user_id = '${BEN}'`, `webhook_id = '${others}'`, `user_id <> '${ANNA}'`])
      expect((await database.as(asAnna, `SELECT FROM ${TABLE} WHERE ${condition}`)).rowCount).toBe(0);
    const client = await project.clientFor(ANNA);
    expect((await client.from(TABLE).select('*').eq('user_id', BEN)).data).toEqual([]);
  });

  it('shows nothing to anybody without an account', async () => {
    expect((await database.as({ role: 'authenticated' }, `SELECT FROM ${TABLE}`)).rowCount).toBe(0);
    await expect(database.as({ role: 'anon' }, `SELECT FROM ${TABLE}`)).rejects.toEqual(denied);
    await expect(database.as({ role: 'anon', sub: ANNA }, `SELECT FROM ${TABLE}`)).rejects.toEqual(denied);
    const forged = await userToken(ANNA, {}, 'a-secret-of-somebody-else-with-32-characters');
    expect((await project.clientOf(forged).from(TABLE).select('*')).error?.code).toBe('PGRST301');
  });

  it('lets its person acknowledge a row, and change nothing else', async () => {
    const client = await project.clientFor(ANNA);
    const acknowledged_at = new Date().toISOString();
    const own = await client.from(TABLE).update({ acknowledged_at }).eq('webhook_id', mine).select();
    expect(own.data).toMatchObject([{ user_id: ANNA }]);
    const foreign = await client.from(TABLE).update({ acknowledged_at }).eq('webhook_id', others).select();
    expect(foreign.data).toEqual([]);
    expect(
      await database.rows(`SELECT acknowledged_at FROM ${TABLE} WHERE webhook_id = $1`, [others]),
    ).toEqual([{ acknowledged_at: null }]);
  });

  it.each([
    ['giving a row away', `UPDATE ${TABLE} SET user_id = '${BEN}'`],
    ['changing its text', `UPDATE ${TABLE} SET message = 'x'`],
    ['making one up', `INSERT INTO ${TABLE} SELECT * FROM ${TABLE}`],
    ['deleting', `DELETE FROM ${TABLE}`],
    ['truncating, which policies do not restrict', `TRUNCATE ${TABLE}`],
    [
      'the function that writes',
      `SELECT receive_model_switch_notification('w', '{}', ARRAY['${BEN}']::uuid[])`,
    ],
    ['turning the policies off', `ALTER TABLE ${TABLE} DISABLE ROW LEVEL SECURITY`],
    ['reading the accounts', 'SELECT FROM auth.users'],
  ])('denies people %s', async (_, statement) => {
    for (const role of ['authenticated', 'anon'] as const)
      await expect(database.as({ role, sub: ANNA }, statement)).rejects.toEqual(denied);
  });

  it('denies people the function that writes through the REST interface', async () => {
    const parameters = { message_id: 'w', content: {}, recipients: [BEN] };
    const { error } = await (await project.clientFor(ANNA)).rpc(
      'receive_model_switch_notification',
      parameters,
    );
    expect(error?.code).toBe('42501');
  });

  it('is published to Realtime, and loses the rows of a person who leaves', async () => {
    const published =
      "SELECT FROM pg_publication_tables WHERE pubname = 'supabase_realtime' AND tablename = $1";
    expect(await database.rows(published, [TABLE])).toHaveLength(1);
    const leaving = randomUUID();
    await database.addUsers(leaving);
    const id = randomUUID();
    await send({ id, recipients: [leaving, ANNA] });
    await database.rows('DELETE FROM auth.users WHERE id = $1', [leaving]);
    expect(await storedOf(id)).toEqual([{ user_id: ANNA }]);
    await send({ id, recipients: [leaving, ANNA] });
    expect(await storedOf(id)).toEqual([{ user_id: ANNA }]);
  });

  it('keeps rows as long as the feed does', async () => {
    const id = randomUUID();
    await send({ id });
    await database.rows(
      `UPDATE ${TABLE} SET created_at = now() - interval '181 days' WHERE webhook_id = $1`,
      [id],
    );
    await send();
    expect(await storedOf(id)).toEqual([]);
  });
});
