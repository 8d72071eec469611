import { Redis } from 'ioredis';
import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CatalogueCache } from '#libs/catalogue/catalogue.cache.js';
import { CatalogueRepository } from '#libs/catalogue/catalogue.repository.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { HAIKU, NOVA_LITE, NOVA_PRO, PIXTRAL } from '../support/catalogue-editing.js';
import { eventually } from '../support/eventually.js';
import { StatementRecorder } from '../support/recorded-plans.js';
import { TestSystem } from '../support/test-system.js';

const recorder = new StatementRecorder();
let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
  system.api.get(DataSource).logger = recorder;
});
afterAll(() => system.close());

const asOwner = async (sql: string, values: unknown[] = []) =>
  (await system.environment.owner.query(sql, values)).rows;
const cache = () => system.api.get(CatalogueCache, { strict: false });
const toModel = (modelId: string, conversationId = 'decided') =>
  system.act({ action: 'switch', modelId, conversationId });
const loadedCatalogue = () => recorder.take().some(({ sql }) => sql.includes('json_build_object'));

/** Switches until a decision was made on the copy in memory. */
async function warm(): Promise<void> {
  await eventually(async () => {
    recorder.take();
    for (const modelId of [NOVA_LITE, HAIKU]) expect((await toModel(modelId)).status).toBe(200);
    expect(loadedCatalogue()).toBe(false);
  });
}

describe('a decision on the copy in memory', () => {
  it('is as good as one on PostgreSQL: an edit by SQL just before counts', async () => {
    await warm();
    await asOwner('UPDATE bedrock_models SET is_available = false WHERE model_id = $1', [NOVA_LITE]);
    expect(await toModel(NOVA_LITE)).toMatchObject({ status: 409, body: { code: 'model_not_selectable' } });
    await asOwner('UPDATE bedrock_models SET is_available = true WHERE model_id = $1', [NOVA_LITE]);
    expect((await toModel(NOVA_LITE)).body.data).toMatchObject({ switched: true, toId: NOVA_LITE });
  });

  it('counts what happened while it waited for its locks, and not what was there when it was asked', async () => {
    await warm();
    const { owner } = system.environment;
    await owner.query('BEGIN');
    await owner.query(`SELECT pg_advisory_xact_lock(hashtextextended('use-case:operations', 0))`);
    const switched = toModel(HAIKU, 'conv-300');
    const waiting = `SELECT count(*)::int AS n FROM pg_locks JOIN pg_database d ON d.oid = database
      WHERE locktype = 'advisory' AND NOT granted AND datname = current_database()`;
    await eventually(async () => expect(await asOwner(waiting)).toEqual([{ n: 1 }]));
    await owner.query(
      `UPDATE use_cases SET active_model_id = $1, version = version + 1 WHERE name = 'operations'`,
      [PIXTRAL],
    );
    await owner.query('COMMIT');
    expect((await switched).body.data).toMatchObject({ switched: true, fromId: PIXTRAL, toId: HAIKU });
  });

  it('is not made where PostgreSQL was set back and counts the same versions again', async () => {
    await warm();
    await asOwner(`ALTER TABLE bedrock_models DISABLE TRIGGER USER;
      UPDATE bedrock_models SET is_available = false WHERE model_id = '${NOVA_LITE}';
      ALTER TABLE bedrock_models ENABLE TRIGGER USER;
      UPDATE catalogue_version SET changed_at = clock_timestamp()`);
    expect(await toModel(NOVA_LITE)).toMatchObject({ status: 409, body: { code: 'model_not_selectable' } });
    await asOwner(`UPDATE bedrock_models SET is_available = true WHERE model_id = '${NOVA_LITE}'`);
  });

  it('is never made on a copy in Redis that somebody has changed, and nothing else is', async () => {
    await warm();
    const key = system.api.get<RedisConnections>(RedisConnections, { strict: false }).key('catalogue:11');
    const redis = new Redis(system.environment.env.REDIS_URL);
    const copy = await redis.get(key);
    await redis.set(key, copy!.replaceAll('"name":"', '"name":"Forged '));
    await asOwner('UPDATE catalogue_version SET version = version + 1');
    const { loads } = cache();
    await redis.publish(key.replace('catalogue:11', 'catalogue-changed'), String(Number.MAX_SAFE_INTEGER));
    await expect.poll(() => cache().loads).toBeGreaterThan(loads);
    redis.disconnect();
    expect((await system.get('/v1/models')).text).not.toContain('Forged');
    for (const modelId of [NOVA_LITE, NOVA_PRO, NOVA_LITE]) {
      const { body } = await toModel(modelId);
      expect(body.data.switched).toBe(true);
      expect(JSON.stringify(body)).not.toContain('Forged');
    }
  });
});

it('whatever a decision reads counts the version up, with every change there can be', async () => {
  recorder.take();
  await system.api.get(CatalogueRepository, { strict: false }).loadStamped();
  const [snapshot] = recorder.take();
  const { rows } = await system.environment.app.query(`EXPLAIN (FORMAT JSON) ${snapshot!.sql}`, [null, null]);
  const read = [...JSON.stringify(rows).matchAll(/"Relation Name":"(\w+)"/g)].map(([, name]) => name!);
  const tables = [...new Set(read)].filter((name) => name !== 'catalogue_version');
  expect(tables.length).toBeGreaterThanOrEqual(7);
  // INSERT, DELETE, UPDATE and TRUNCATE are the bits 4, 8, 16 and 32.
  const counted = await asOwner(
    `SELECT tgrelid::regclass::text AS name FROM pg_trigger
     WHERE tgfoid = 'bump_catalogue_version'::regproc AND tgenabled = 'O' GROUP BY 1 HAVING bit_or(tgtype) & 60 = 60`,
  );
  expect(counted.map(({ name }) => name)).toEqual(expect.arrayContaining(tables));
});

it.each([
  `UPDATE bedrock_model_prices SET source = 'by hand' WHERE valid_to IS NULL`,
  `INSERT INTO bedrock_model_prices (model_id, valid_from, valid_to) VALUES ('${NOVA_LITE}', now(), now())`,
  'DELETE FROM model_price_quotes',
  'TRUNCATE use_case_usage',
  'TRUNCATE bedrock_models CASCADE',
])('the version goes up with: %s', async (change) => {
  const version = async () => Number((await asOwner('SELECT version FROM catalogue_version'))[0].version);
  await asOwner('BEGIN');
  const before = await version();
  await asOwner(change);
  const after = await version();
  await asOwner('ROLLBACK');
  expect(after).toBeGreaterThan(before);
});

it('continues while a migration adds columns to the tables that its connections know', async () => {
  await warm();
  for (const table of [
    'ai_conversations',
    'switch_events',
    'outbox',
    'catalogue_version',
    'idempotency_keys',
  ])
    await asOwner(`ALTER TABLE ${table} ADD COLUMN of_the_next_release text`);
  for (let n = 0; n < 30; n += 1) {
    const headers = { 'idempotency-key': `after-${n}` };
    const body = { action: 'switch', modelId: n % 2 ? HAIKU : NOVA_LITE, conversationId: 'migrated' };
    expect((await system.act(body, { headers })).body.data.switched).toBe(true);
  }
});
