import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_SETTINGS } from '#libs/platform/auth/key-settings.js';
import { LimitServiceKeys1764998003000 as LimitServiceKeys } from '#migrations/1764998003000-limit-service-keys.js';
import { HAIKU } from '../support/chat-system.js';
import { useRolledBack, type Within } from '../support/rolled-back.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
  const assistant = { name: 'Triage', useCase: 'clinical' };
  expect(await system.call('PUT', '/v1/assistants/triage', assistant)).toMatchObject({ status: 200 });
});
afterAll(() => system.close());

const create = (settings: object = {}) =>
  system.call('POST', '/v1/keys', { name: 'limited', scopes: ['switch'], ...settings });
const edit = (id: string, change: object) => system.call('PATCH', `/v1/keys/${id}`, change);

describe('the settings of a key', () => {
  const DEFAULTS = { useCase: 'clinical', assistantId: null, userId: 'anna', fallback: 'same-use-case' };
  const LIMITS = { useCases: ['clinical', 'health'], models: [HAIKU], users: ['clinic-a:'] };

  it('are none where none are given', async () => {
    expect((await create()).body).toMatchObject(NO_SETTINGS);
    expect((await create({ defaults: {}, limits: {} })).body).toMatchObject(NO_SETTINGS);
  });

  it('are stored, shown, listed and inherited by the successor', async () => {
    const { status, body: made } = await create({ defaults: DEFAULTS, limits: LIMITS });
    const settings = { defaults: { ...DEFAULTS, echo: 'none' }, limits: LIMITS };
    expect([status, made]).toMatchObject([201, settings]);
    const shown = await system.get(`/v1/keys/${made.id}`);
    expect(shown).toMatchObject({ status: 200, body: { id: made.id, ...settings } });
    expect(shown.text).not.toContain(made.key);
    expect((await system.get('/v1/keys?limit=1')).body.items).toEqual([shown.body]);
    const rotated = await system.call('POST', `/v1/keys/${made.id}/rotate`, {});
    expect((await system.get(`/v1/keys/${rotated.body.id}`)).body).toMatchObject(settings);
  });

  it('change field by field', async () => {
    const { id } = (await create({ defaults: DEFAULTS, limits: LIMITS })).body;
    const edited = await edit(id, {
      defaults: { userId: null, echo: 'body' },
      limits: { useCases: null, models: 'any' },
    });
    expect(edited).toMatchObject({
      status: 200,
      body: {
        defaults: { ...DEFAULTS, userId: null, echo: 'body' },
        limits: { useCases: null, models: 'any', users: ['clinic-a:'] },
      },
    });
    expect((await system.get(`/v1/keys/${id}`)).body).toEqual(edited.body);
    expect(await edit(id, {})).toMatchObject({ status: 200, body: edited.body });
  });

  it.each<[object, string]>([
    [{ defaults: { useCase: 'nothing' } }, 'defaults.useCase'],
    [{ defaults: { assistantId: 'nobody' } }, 'defaults.assistantId'],
    [{ limits: { useCases: ['clinical', 'nothing'] } }, 'limits.useCases'],
    [{ limits: { useCases: ['health'] }, defaults: { useCase: 'clinical' } }, 'limits.useCases'],
    [{ limits: { useCases: ['health'] }, defaults: { assistantId: 'triage' } }, 'limits.useCases'],
    [{ limits: { models: ['nothing'] } }, 'limits.models'],
    [{ limits: { useCases: [] } }, 'limits.useCases'],
    [{ limits: { models: 'all' } }, 'limits.models'],
    [{ limits: { users: Array(101).fill('a') } }, 'limits.users'],
    [{ defaults: { userId: 'x'.repeat(129) } }, 'defaults.userId'],
    [{ defaults: { fallback: 'any' } }, 'defaults.fallback'],
    [{ defaults: { models: 'any' } }, 'defaults'],
  ])('are refused where they do not fit: %j', async (settings, field) => {
    const { id } = (await create()).body;
    for (const refused of [await create(settings), await edit(id, settings)]) {
      expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } });
      expect(refused.body.errors).toEqual([expect.objectContaining({ field })]);
    }
    expect((await system.get(`/v1/keys/${id}`)).body).toMatchObject(NO_SETTINGS);
  });

  it('lose nothing where two edits come at the same time', async () => {
    const { id } = (await create()).body;
    const changes = [
      { defaults: { userId: 'anna' } },
      { defaults: { useCase: 'clinical' } },
      { limits: { users: 'own' } },
      { limits: { models: 'any' } },
    ];
    await Promise.all(changes.map((change) => edit(id, change)));
    expect((await system.get(`/v1/keys/${id}`)).body).toMatchObject({
      defaults: { userId: 'anna', useCase: 'clinical' },
      limits: { users: 'own', models: 'any' },
    });
  });

  it('fit together after an edit, too', async () => {
    const { id } = (await create({ defaults: { useCase: 'clinical' } })).body;
    const refused = await edit(id, { limits: { useCases: ['health'] } });
    expect(refused.body.errors).toEqual([
      { field: 'limits.useCases', message: 'must have the default use case clinical' },
    ]);
  });

  it('of a key that ended, or that does not exist, do not change', async () => {
    const { id } = (await create()).body;
    await system.call('DELETE', `/v1/keys/${id}`);
    const change = { limits: { users: 'own' } };
    expect(await edit(id, change)).toMatchObject({ status: 409, body: { code: 'service_key_ended' } });
    expect(await edit(randomUUID(), change)).toMatchObject({ status: 404 });
    expect(await system.get(`/v1/keys/${randomUUID()}`)).toMatchObject({ status: 404 });
  });

  it.each([
    `defaults = '{}'`,
    `defaults = defaults || '{"userId": 5}'`,
    `defaults = defaults || '{"fallback": null}'`,
    `limits = '{"useCases": "all", "models": "any", "users": "any"}'`,
    `limits = limits - 'models'`,
    `limits = limits || '{"users": "all"}'`,
  ])('cannot be broken by SQL: %s', async (change) => {
    await create();
    await expect(system.environment.owner.query(`UPDATE service_keys SET ${change}`)).rejects.toThrow(
      'are_complete',
    );
  });
});

describe('the migration', () => {
  const within = useRolledBack();

  async function key({ sql }: Within, scopes: string[]): Promise<string> {
    const id = randomUUID();
    await sql(
      `INSERT INTO service_keys (id, name, hash, scopes, created_by, created_at) VALUES ($1, 'old', $2, $3, 'test', now())`,
      [id, Buffer.from(id), scopes],
    );
    return id;
  }
  const modelsOf = async ({ sql }: Within, id: string) =>
    (await sql(`SELECT limits -> 'models' AS models FROM service_keys WHERE id = $1`, [id]))[0].models;

  it(
    'lets the administrators of the release before call any model, and no other key',
    within(async (all) => {
      await new LimitServiceKeys().down(all.tx.queryRunner!);
      const [admin, other] = [await key(all, ['switch', 'admin']), await key(all, ['switch', 'operate'])];
      await new LimitServiceKeys().up(all.tx.queryRunner!);
      expect([await modelsOf(all, admin), await modelsOf(all, other)]).toEqual(['any', 'candidates']);
      expect(await modelsOf(all, await key(all, ['admin']))).toBe('candidates');
    }),
  );

  it(
    'hands the limits on where the release before rotates a key',
    within(async (all) => {
      const [old, next] = [await key(all, ['switch']), await key(all, ['switch'])];
      await all.sql(`UPDATE service_keys SET limits = limits || '{"models": []}' WHERE id = $1`, [old]);
      await all.sql('UPDATE service_keys SET replaced_by = $2 WHERE id = $1', [old, next]);
      expect(await modelsOf(all, next)).toEqual([]);
    }),
  );
});
