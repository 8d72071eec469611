import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IdSearchRepository } from '#libs/search/id-search.repository.js';
import { HAIKU } from '../support/catalogue-editing.js';
import { planOfOne, StatementRecorder } from '../support/recorded-plans.js';
import { TestSystem } from '../support/test-system.js';

let system: TestSystem;
let read: string;
let audit: string;
beforeAll(async () => {
  system = await TestSystem.start();
  read = await system.key(['read'], 'reader');
  audit = await system.key(['audit'], 'auditor');
  await sql(
    `INSERT INTO ai_conversations (id, user_id, use_case)
     SELECT prefix || i, 'user-' || i % 50, (ARRAY['clinical', 'health', 'operations', 'platform'])[1 + i % 4]
     FROM generate_series(1, 4000) AS i, unnest(ARRAY['find-', 'Find_', 'f%']) AS prefix`,
  );
  await sql(
    `INSERT INTO user_months (user_id, month) SELECT 'user-' || i % 500, date '2026-01-01' + (i / 500) * interval '1 month'
     FROM generate_series(0, 4999) AS i`,
  );
  await system.act(
    { action: 'switch', modelId: HAIKU, conversationId: 'conv-7' },
    { headers: { 'x-request-id': 'request-of-a-switch' } },
  );
  await sql('ANALYZE');
});
afterAll(() => system.close());

const sql = (text: string, values: unknown[] = []) => system.environment.owner.query(text, values);
const find = (query: Record<string, string>, token = read) =>
  system.get(`/v1/search?${new URLSearchParams(query)}`, { token });
const idsOf = ({ body }: Awaited<ReturnType<typeof find>>) =>
  body.conversations.map(({ id }: { id: string }) => id);

describe('a search for ids', () => {
  it('finds conversations by the bytes of a prefix, in their order', async () => {
    expect(idsOf(await find({ prefix: 'find-39', limit: '5' }))).toEqual([
      ...['find-39', 'find-390', 'find-3900', 'find-3901', 'find-3902'],
    ]);
    expect(idsOf(await find({ prefix: 'Find_4000' }))).toEqual(['Find_4000']);
    expect(idsOf(await find({ prefix: 'f%400', limit: '2' }))).toEqual(['f%400', 'f%4000']);
    expect(idsOf(await find({ prefix: 'find_' }))).toEqual([]);
  });

  it('finds each user once, and those of another begin not', async () => {
    const { body } = await find({ prefix: 'user-49', limit: '20' });
    expect(body.userIds).toEqual(['user-49', ...Array.from({ length: 10 }, (_, n) => `user-49${n}`)]);
    expect((await find({ prefix: 'nobody' })).body).toEqual({ conversations: [], userIds: [], requests: [] });
  });

  it('finds the requests of switches for those who may list them', async () => {
    const found = { requestId: 'request-of-a-switch', hasSwitches: true, hasCalls: false };
    expect((await find({ prefix: 'request-of' }, audit)).body.requests).toEqual([found]);
    expect((await find({ prefix: 'request-of' })).body.requests).toEqual([]);
  });

  it('keeps the limits of a key', async () => {
    const limited = async (limits: object) => {
      const { body } = await system.call('POST', '/v1/keys', {
        ...{ name: `limited-${JSON.stringify(limits).length}`, scopes: ['read'], limits },
      });
      return body.key as string;
    };
    const clinical = await find({ prefix: 'find-39', limit: '3' }, await limited({ useCases: ['clinical'] }));
    expect(clinical.body).toMatchObject({ userIds: [], requests: [] });
    expect(clinical.body.conversations.map(({ useCase }: { useCase: string }) => useCase)).toEqual([
      ...['clinical', 'clinical', 'clinical'],
    ]);
    const own = await find({ prefix: 'find-39' }, await limited({ users: ['user-1'] }));
    expect(own.body).toEqual({ conversations: [], userIds: [], requests: [] });
  });

  it.each([
    ['one character', { prefix: 'c' }],
    ['no prefix', {}],
    ['too many', { prefix: 'conv', limit: '21' }],
  ])('refuses %s', async (_, query) => {
    expect(await find(query as Record<string, string>)).toMatchObject({ status: 400 });
  });

  it('reads by indexes', async () => {
    const recorder = new StatementRecorder();
    const { options } = system.api.get(DataSource);
    const db = await new DataSource({ ...options, logger: recorder }).initialize();
    const tables = ['ai_conversations', 'user_months', 'switch_events'];
    const search = new IdSearchRepository(db);
    const plans = [
      await planOfOne(db, recorder, tables, () => search.conversations('find-39', 8, null)),
      await planOfOne(db, recorder, tables, () => search.users('user-49', 8)),
    ];
    await db.destroy();
    expect(plans.flatMap(({ scanned }) => scanned)).toEqual([]);
    expect(plans.flatMap(({ indexes }) => indexes)).toEqual(
      expect.arrayContaining(['ai_conversations_of_use_case', 'user_months_user']),
    );
  });
});
