import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { eventually } from '../support/eventually.js';
import { FcmEmulator } from '../support/fcm-emulator.js';
import { type Sent, signedMessage, webhookSecret } from '../support/signed-message.js';
import { SupabaseDatabase } from '../support/supabase-database.js';
import { SupabaseProject } from '../support/supabase-project.js';
import { restOf } from '../support/supabase-rest.js';
import { userToken } from '../support/test-system.js';

const NAME = 'push-model-switch-notifications';
const DEVICES = 'model_switch_devices';
const SECRET = webhookSecret('a test secret of 32 characters..');

let fcm: FcmEmulator;
let database: SupabaseDatabase;
let project: SupabaseProject;
beforeAll(async () => {
  fcm = await new FcmEmulator().start();
  database = await SupabaseDatabase.create();
  project = await SupabaseProject.start({}, restOf(database));
  await deploy({ FCM_SERVICE_ACCOUNT: fcm.serviceAccount }, NAME);
});
afterEach(() => fcm.heal());
afterAll(async () => {
  await project?.close();
  await database?.close();
  fcm?.stop();
});

const deploy = async (secrets: Record<string, string>, as: string) =>
  project.deploy(
    NAME,
    {
      PUSH_WEBHOOK_SECRET: SECRET,
      FCM_URL: fcm.url,
      SUPABASE_URL: project.url,
      SUPABASE_SERVICE_ROLE_KEY: await userToken('', { role: 'service_role' }),
      ...secrets,
    },
    as,
  );
async function send(message: Sent, to = NAME): Promise<number> {
  const { body, headers } = signedMessage({ secret: SECRET, ...message });
  return (await fetch(project.functionUrl(to), { method: 'POST', headers, body })).status;
}

/** Makes a person with devices, which its app registers. */
async function person(...devices: string[]): Promise<string> {
  const id = randomUUID();
  await database.addUsers(id);
  for (const device of devices) await register(id, device);
  return id;
}
async function register(user: string, device: string): Promise<void> {
  const client = await project.clientFor(user);
  const { error } = await client.rpc('register_model_switch_device', { device_token: device });
  expect(error).toBeNull();
}
const devicesOf = async (user: string) =>
  (await database.rows(`SELECT token FROM ${DEVICES} WHERE user_id = $1 ORDER BY registered_at`, [user])).map(
    ({ token }) => token,
  );

describe('a message', () => {
  it('is pushed to each device of its recipients, without reason and message', async () => {
    const [anna, ben] = [await person('anna-phone', 'anna-tablet'), await person('ben-phone')];
    await person('carla-phone');
    const id = randomUUID();
    expect(await send({ id, recipients: [anna, ben, randomUUID(), 'user-456'] })).toBe(204);
    for (const device of ['anna-phone', 'anna-tablet', 'ben-phone'])
      expect(fcm.to(device)).toEqual([
        {
          token: device,
          notification: { title: 'Switching AI Model', body: 'Using: Claude Opus 4.7' },
          data: { notificationId: id, type: 'manual', modelId: 'eu.anthropic.claude-opus-4-7' },
        },
      ]);
    expect(fcm.to('carla-phone')).toEqual([]);
  });

  it('that comes again is pushed only to those that have not had it', async () => {
    const anna = await person('reached', 'unreached');
    fcm.fail('unreached', 503, 'UNAVAILABLE');
    const message = { id: randomUUID(), recipients: [anna] };
    expect(await send(message)).toBe(503);
    fcm.heal();
    expect([await send(message), await send(message)]).toEqual([204, 204]);
    expect([fcm.to('reached').length, fcm.to('unreached').length]).toEqual([1, 1]);
  });

  it('forgets a device without the app, and keeps one that refuses a message', async () => {
    const anna = await person('no-app', 'other-project', 'picky');
    fcm.fail('no-app', 404, 'UNREGISTERED');
    fcm.fail('other-project', 403, 'SENDER_ID_MISMATCH');
    fcm.fail('picky', 400, 'INVALID_ARGUMENT');
    expect(await send({ recipients: [anna] })).toBe(204);
    expect(await devicesOf(anna)).toEqual(['picky']);
  });

  it('of many recipients asks Google for one access token', async () => {
    const people = await Promise.all(Array.from({ length: 60 }, (_, n) => person(`crowd-${n}`)));
    expect(await send({ recipients: people })).toBe(204);
    expect(fcm.pushes.filter(({ token }) => token.startsWith('crowd-'))).toHaveLength(60);
    expect(fcm.tokenRequests).toBe(1);
  });

  it('with a wrong signature, or too old, is pushed to nobody', async () => {
    const anna = await person('forged');
    expect(
      await send({ recipients: [anna], secret: webhookSecret('another secret of 32 characters.') }),
    ).toBe(401);
    expect(await send({ recipients: [anna], at: new Date(Date.now() - 360_000) })).toBe(401);
    expect(fcm.to('forged')).toEqual([]);
  });
});

it('comes again where the service account is not accepted or no JSON, and says so without quoting it', async () => {
  const anna = await person('no-account');
  const elsewhere = { ...JSON.parse(fcm.serviceAccount), token_uri: `${fcm.url}/elsewhere` };
  await deploy({ FCM_SERVICE_ACCOUNT: JSON.stringify(elsewhere) }, 'refused-account');
  expect(await send({ recipients: [anna] }, 'refused-account')).toBe(503);
  await deploy({ FCM_SERVICE_ACCOUNT: 'a-secret-that-is-no-json' }, 'bad-account');
  expect(await send({ recipients: [anna] }, 'bad-account')).toBe(500);
  await eventually(() => expect(project.logs).toContain('FCM_SERVICE_ACCOUNT must be the JSON file'));
  expect(project.logs).toContain('no_access_token');
  for (const secret of ['a-secret-that-is-no-json', 'PRIVATE KEY', anna, 'no-account'])
    expect(project.logs).not.toContain(secret);
});

describe('devices', () => {
  const denied = expect.objectContaining({ code: '42501' });

  it('follow who is signed in, and go with the account', async () => {
    const [anna, ben] = [await person('shared'), await person()];
    await register(ben, 'shared');
    expect([await devicesOf(anna), await devicesOf(ben)]).toEqual([[], ['shared']]);
    await database.rows('DELETE FROM auth.users WHERE id = $1', [ben]);
    expect(await devicesOf(ben)).toEqual([]);
  });

  it('of a person are the ten newest', async () => {
    const anna = await person(...Array.from({ length: 12 }, (_, n) => `many-${n}`));
    expect(await devicesOf(anna)).toEqual(Array.from({ length: 10 }, (_, n) => `many-${n + 2}`));
  });

  it('are seen and deleted by their person only', async () => {
    const [anna, ben] = [await person('of-anna'), await person('of-ben')];
    const client = await project.clientFor(anna);
    expect((await client.from(DEVICES).select('*')).data).toMatchObject([{ token: 'of-anna' }]);
    await client.from(DEVICES).delete().eq('token', 'of-ben');
    await client.from(DEVICES).delete().eq('token', 'of-anna');
    expect([await devicesOf(anna), await devicesOf(ben)]).toEqual([[], ['of-ben']]);
  });

  it.each([
    [
      'registering one for somebody else',
      `INSERT INTO ${DEVICES} (token, user_id) SELECT 'x', id FROM auth.users`,
    ],
    ['giving one away', `UPDATE ${DEVICES} SET user_id = gen_random_uuid()`],
    ['truncating', `TRUNCATE ${DEVICES} CASCADE`],
    ['what was pushed', 'SELECT FROM model_switch_pushes'],
    ['the devices of others', "SELECT model_switch_devices_to_push('w', ARRAY[gen_random_uuid()])"],
    ['saying what was pushed', "SELECT record_model_switch_pushes('w', '{}', ARRAY['of-ben'])"],
  ])('deny people %s', async (_, statement) => {
    const sub = await person('attacker');
    for (const role of ['authenticated', 'anon'] as const)
      await expect(database.as({ role, sub }, statement)).rejects.toEqual(denied);
  });

  it('are registered by nobody without an account', async () => {
    const statement = "SELECT register_model_switch_device('x')";
    for (const role of ['anon', 'authenticated'] as const)
      await expect(database.as({ role }, statement)).rejects.toEqual(denied);
  });
});
