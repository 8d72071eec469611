import { DataSource } from 'typeorm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { ChainEntriesRepository } from '#libs/audit/hash-chain/chain-entries.repository.js';
import { CostsRepository } from '#libs/costs/costs.repository.js';
import { ServiceKeysRepository } from '#libs/platform/auth/service-keys.repository.js';
import { databaseOptions } from '#libs/platform/database/database-options.js';
import { type Transaction, Transactions } from '#libs/platform/database/transactions.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { PersonalDataRepository } from '#libs/privacy/personal-data.repository.js';
import { ConversationListRepository } from '#libs/switching/conversation-list.repository.js';
import { ConversationsRepository } from '#libs/switching/conversations.repository.js';
import { IdempotencyRepository } from '#libs/switching/idempotency.repository.js';
import { RecordedSwitchesRepository } from '#libs/switching/recorded-switches.repository.js';
import type { SwitchFilter } from '#libs/switching/switch.js';
import { DOCUMENT_STATEMENTS } from '../support/document-statements.js';
import { BIG_TABLES, BUSY, fillWithAYear } from '../support/large-history.js';
import { explainAll, planOfOne, StatementRecorder } from '../support/recorded-plans.js';
import { TestSystem } from '../support/test-system.js';

const EVENTS = { table: 'switch_events', key: 'id', rowsOf: 'user_id = $1' };
const recorder = new StatementRecorder();
let system: TestSystem;
let db: DataSource;
beforeAll(async () => {
  system = await TestSystem.start({ overrides: { OUTBOX_LIMIT: '1000000' } });
  await fillWithAYear(new URL(system.environment.env.DATABASE_URL).pathname.slice(1));
  // Not the api's own: its caches ask now and then.
  db = await new DataSource({ ...system.api.get(DataSource).options, logger: recorder }).initialize();
});
afterAll(async () => {
  await db.destroy();
  await system.close();
});

const planOf = (work: () => Promise<unknown>) => planOfOne(db, recorder, BIG_TABLES, work);
const inTransaction = (work: (tx: Transaction) => Promise<unknown>) => new Transactions(db).run(work);
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000);
const HALFWAY = { occurredAt: daysAgo(180), id: '80000000-0000-4000-8000-000000000000' };

/** As the foreign keys of PostgreSQL ask. */
const REFERS = (table: string) => `SELECT 1 FROM ONLY ${table} x WHERE $1 = use_case FOR KEY SHARE OF x`;

it.each(['ai_conversations', 'ai_conversation_follows', 'ai_assistants'])(
  'the deletion of a use case looks into %s by an index',
  async (table) => {
    const { scanned, pages } = await planOf(() => inTransaction((tx) => tx.query(REFERS(table), ['unused'])));
    expect(scanned).toEqual([]);
    expect(pages).toBeLessThan(20);
  },
);

describe('a page of switches, newest first, is read by an index and costs a few pages per switch', () => {
  const filters: { of: string; filter: SwitchFilter; found: number; mostPages: number }[] = [
    { of: 'everybody', filter: {}, found: 51, mostPages: 450 },
    { of: 'a user', filter: { userId: 'user-77' }, found: 51, mostPages: 450 },
    { of: 'a user nobody knows', filter: { userId: 'nobody' }, found: 0, mostPages: 10 },
    {
      of: 'a user, by action',
      filter: { userId: 'user-77', action: 'auto_switch' },
      found: 33,
      mostPages: 450,
    },
    {
      of: 'a user, since a time',
      filter: { userId: 'user-77', from: daysAgo(91) },
      found: 25,
      mostPages: 450,
    },
    { of: 'a conversation', filter: { conversationId: 'conv-2005' }, found: 4, mostPages: 40 },
    { of: 'a busy conversation', filter: { conversationId: BUSY }, found: 51, mostPages: 450 },
    { of: 'a busy use case', filter: { useCase: 'clinical' }, found: 51, mostPages: 450 },
    { of: 'a use case never switched', filter: { useCase: 'research' }, found: 0, mostPages: 10 },
    { of: 'everybody, by a common action', filter: { action: 'manual_switch' }, found: 51, mostPages: 450 },
    {
      of: 'everybody, between two times',
      filter: { from: daysAgo(300), to: daysAgo(150) },
      found: 51,
      mostPages: 450,
    },
    {
      of: 'a use case, by a rare action',
      filter: { useCase: 'platform', action: 'fallback_switch' },
      found: 51,
      mostPages: 2_000,
    },
    { of: 'an actor', filter: { actor: 'service:chat' }, found: 51, mostPages: 450 },
    { of: 'an actor nobody knows', filter: { actor: 'service:nobody' }, found: 0, mostPages: 20 },
    { of: 'a request', filter: { requestId: 'nope' }, found: 0, mostPages: 20 },
    { of: 'a model', filter: { modelId: 'eu.amazon.nova-lite-v1:0' }, found: 51, mostPages: 900 },
    { of: 'a model never used', filter: { modelId: 'nope' }, found: 0, mostPages: 40 },
    { of: 'a part of a reason', filter: { reason: 'OPTIMIZ', from: daysAgo(92) }, found: 51, mostPages: 450 },
    { of: 'conversations', filter: { scope: 'conversation' }, found: 51, mostPages: 450 },
    { of: 'use cases', filter: { scope: 'use_case' }, found: 51, mostPages: 450 },
    {
      of: 'one use case by itself',
      filter: { scope: 'use_case', useCase: 'clinical' },
      found: 51,
      // Those of one use case are few: the planner may sort them all.
      mostPages: 1_500,
    },
    {
      of: 'a use case by itself that never switched',
      filter: { scope: 'use_case', useCase: 'research' },
      found: 0,
      mostPages: 10,
    },
  ];
  it.each(filters)('of $of', async ({ filter, found, mostPages }) => {
    const switches = new RecordedSwitchesRepository(db);
    expect((await switches.list(filter, 51)).length).toBe(found);
    for (const before of [undefined, HALFWAY]) {
      const plan = await planOf(() => switches.list(filter, 51, before));
      expect(plan.scanned).toEqual([]);
      expect(plan.indexes.join()).toMatch(/switch_events_/);
      expect(plan.pages).toBeLessThanOrEqual(mostPages);
    }
  });

  it.each([
    ['that follows', 'conv-2005', 1_000],
    ['that is pinned', 'conv-2001', 400],
    ['that has switched ten thousand times', BUSY, 1_000],
    ['nobody has seen', 'conv-nobody', 50],
  ])('of the history of a conversation %s', async (_, id, mostPages) => {
    const switches = new RecordedSwitchesRepository(db);
    for (const before of [undefined, HALFWAY]) {
      const plan = await planOf(() => switches.historyOf(id, 51, before));
      expect(plan.scanned).toEqual([]);
      expect(plan.pages).toBeLessThanOrEqual(mostPages);
    }
  });
});

it('one switch is read by its id', async () => {
  const switches = new RecordedSwitchesRepository(db);
  const [one] = await switches.list({}, 1);
  const plan = await planOf(() => switches.find(one!.id));
  expect(plan.scanned).toEqual([]);
  expect(plan.pages).toBeLessThanOrEqual(40);
});

describe('a page of conversations is read in the order of an index', () => {
  const ANY = { owner: null, useCases: null, pinned: undefined, modelId: undefined, followedUseCases: [] };
  const LITE = 'eu.amazon.nova-lite-v1:0';
  it.each([
    ['of everybody', {}, 'ai_conversations_pkey', 51],
    ['of a user', { owner: 'user-77' }, 'ai_conversations_of_user', 51],
    ['of a user in a use case', { owner: 'user-77', useCases: ['health'] }, 'ai_conversations_of_user', 51],
    ['of nobody', { owner: 'nobody' }, 'ai_conversations_of_user', 0],
    ['of a use case', { useCases: ['clinical'] }, 'ai_conversations_followers', 51],
    ['of a use case without any', { useCases: ['research'] }, 'ai_conversations_followers', 0],
    ['with a pin', { pinned: true }, 'ai_conversations_pins', 51],
    ['with a pin in a use case', { pinned: true, useCases: ['health'] }, 'ai_conversations_pins', 51],
    ['pinned to a model', { pinned: true, modelId: LITE }, 'ai_conversations_pin', 51],
    ['pinned to a model without any', { pinned: true, modelId: 'nope' }, 'ai_conversations_pinned', 0],
    [
      'on a model',
      { modelId: LITE, followedUseCases: ['clinical', 'health'] },
      'ai_conversations_followers',
      51,
    ],
    ['that follow', { pinned: false }, 'ai_conversations_', 51],
  ])('%s', async (_, filter, index, found) => {
    const conversations = new ConversationListRepository(db);
    const page = await conversations.list({ ...ANY, ...filter }, 51, '');
    expect(page).toHaveLength(found);
    for (const after of ['', page.at(25)?.id ?? 'conv-200000']) {
      const plan = await planOf(() => conversations.list({ ...ANY, ...filter }, 51, after));
      expect(plan.scanned).toEqual([]);
      expect(plan.indexes.join()).toContain(index);
      expect(plan.pages).toBeLessThanOrEqual(600);
    }
  });
});

describe('what a switch and its worker ask goes straight to the rows', () => {
  const models = {
    scope: 'conversation' as const,
    conversationId: 'conv-2005',
    useCase: 'clinical',
    firstAssignment: false,
    previousPriceVersion: 1,
    newPriceVersion: 2,
  };
  const conversations = () => new ConversationsRepository(db);
  const outbox = () => new OutboxService(new Transactions(db), system.environment.env);
  const idempotency = () => new IdempotencyRepository(db);
  const seals = () => new ChainEntriesRepository(db);
  const questions: [string, () => Promise<unknown>, { index: string; mostPages: number }][] = [
    [
      'a conversation',
      () => conversations().find('conv-2002'),
      { index: 'ai_conversations_pkey', mostPages: 10 },
    ],
    [
      'the lock of a conversation',
      () => inTransaction((tx) => conversations().lock('conv-2002', 'user-2', undefined, tx)),
      { index: 'ai_conversations_of_user', mostPages: 10 },
    ],
    [
      'the end of following',
      () => inTransaction(async (tx) => conversations().endFollowing('conv-2005', tx)),
      { index: 'ai_conversation_follows_', mostPages: 50 },
    ],
    [
      'how many follow a use case',
      () => inTransaction((tx) => conversations().countFollowers('clinical', tx)),
      // A few hundred pages once vacuum has marked them visible; until then each follower is looked at.
      { index: 'ai_conversations_followers', mostPages: 6_000 },
    ],
    [
      'fallbacks to look at again',
      () => conversations().dueForRecheck(new Date(), 200),
      // The planner may collect all that are due before it takes the 200 oldest.
      { index: 'ai_conversations_fallbacks', mostPages: 1_500 },
    ],
    [
      'work that is due',
      () => outbox().lease('switching.record-switch', 500),
      { index: 'outbox_due', mostPages: 12_000 },
    ],
    [
      'whether more work waits than may',
      () =>
        inTransaction((tx) =>
          new OutboxService(new Transactions(db), { OUTBOX_LIMIT: 100_000 })
            .enqueue('job', HALFWAY.id, tx)
            .catch(() => undefined),
        ),
      { index: 'outbox_due', mostPages: 3_000 },
    ],
    [
      'whether events are still to be done',
      () => inTransaction((tx) => outbox().claim([HALFWAY.id], tx)),
      { index: 'outbox_pkey', mostPages: 10 },
    ],
    [
      'an earlier answer to the same request',
      () => inTransaction((tx) => idempotency().find('service:1', 'a-key', daysAgo(1), tx)),
      { index: 'idempotency_keys_pkey', mostPages: 10 },
    ],
    [
      'the end of the audit chain',
      () => inTransaction((tx) => seals().head(tx)),
      { index: 'audit_seals_pkey', mostPages: 10 },
    ],
    [
      'whether anything in a chain without signatures is signed',
      () => inTransaction((tx) => seals().hasSignature(tx)),
      { index: 'audit_seals_signed', mostPages: 10 },
    ],
    [
      'rows that wait for their seal',
      () => inTransaction((tx) => seals().waiting(100, tx)),
      { index: 'audit_seals_subject_id_key', mostPages: 2_500 },
    ],
    [
      'entries of the audit chain with their rows',
      () => seals().entriesBetween(100_000, 200_000, 100),
      { index: 'audit_seals_pkey', mostPages: 1_500 },
    ],
    [
      'rows that are not in the audit chain',
      () => seals().rowsWithoutSeal(HALFWAY.id, 100),
      { index: 'audit_seals_subject_id_key', mostPages: 1_500 },
    ],
    [
      'switches whose row is gone',
      () => seals().eventsWithoutRow(HALFWAY.id, 100),
      { index: 'bedrock_model_switches_pkey', mostPages: 1_500 },
    ],
    [
      'the rows of a person',
      async () => new PersonalDataRepository(db).rows(EVENTS, 'user-77', { limit: 500, after: null }),
      { index: 'switch_events_user', mostPages: 1_000 },
    ],
    [
      'a page of checkpoints',
      () => seals().checkpoints(51),
      { index: 'audit_seals_checkpoints', mostPages: 120 },
    ],
    [
      'a service key',
      () => new ServiceKeysRepository(db).findByHash(Buffer.alloc(32)),
      { index: 'service_keys_hash_key', mostPages: 10 },
    ],
    [
      'a page of service keys',
      () => new ServiceKeysRepository(db).list(51),
      { index: 'service_keys_newest', mostPages: 20 },
    ],
    [
      'what a switch costs',
      () => inTransaction((tx) => new CostsRepository(db).basesOf([models], tx)),
      { index: 'ai_conversations_pkey', mostPages: 40 },
    ],
  ];
  it.each(questions)('%s', async (_, work, { index, mostPages }) => {
    const plan = await planOf(work);
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes).toEqual(expect.arrayContaining([expect.stringContaining(index)]));
    expect(plan.pages).toBeLessThanOrEqual(mostPages);
  });

  it('old answers are found by their age', async () => {
    const plan = await planOf(() => idempotency().forget(daysAgo(1), 5_000));
    expect(plan.indexes).toContain('idempotency_keys_age');
  });

  it('what the last 30 days used is added up for every use case, also where that takes longer than a request may', async () => {
    const { owner } = system.environment;
    const figures = [
      ...['refused', 'failed', 'cancelled', 'fallbacks', 'estimated', 'input_tokens', 'output_tokens'],
      ...['cache_read_tokens', 'cache_write_tokens', 'cost_usd', 'unknown_costs', 'latency_ms'],
      ...['first_text_ms', 'first_texts'],
    ];
    await owner.query(
      `INSERT INTO usage_hourly (hour, model_id, use_case, answered, ${figures.join(', ')})
       SELECT date_trunc('hour', now()), active_model_id, name, 1, ${figures.map(() => '0').join(', ')} FROM use_cases`,
    );
    await owner.query(`CREATE FUNCTION many_conversations() RETURNS trigger LANGUAGE plpgsql AS
      'BEGIN PERFORM pg_sleep(2.5); RETURN NULL; END'`);
    await owner.query(
      'CREATE TRIGGER slow AFTER INSERT ON use_case_usage FOR EACH STATEMENT EXECUTE FUNCTION many_conversations()',
    );
    const { env } = system.environment;
    const options = databaseOptions({ ...env, TIMEOUT_MULTIPLIER: 1 }, env.DATABASE_URL, []);
    const limited = await new DataSource(options).initialize();
    await new CostsRepository(limited).measureUsage(new Date());
    await owner.query('DROP TRIGGER slow ON use_case_usage');
    // The connection has its usual limit again.
    await expect(limited.query('SELECT pg_sleep(2.1)')).rejects.toThrow('statement timeout');
    await limited.destroy();
    const { rows } = await system.environment.app.query('SELECT use_case FROM use_case_usage');
    expect(rows).toHaveLength(4);
  });
});

it('scans no big table in a switch, in its audit row and in what is read afterwards, whatever they ask', async () => {
  const recorder = new StatementRecorder();
  system.api.get(DataSource).logger = recorder;
  const { body } = await system.act(
    {
      action: 'switch',
      modelId: 'eu.anthropic.claude-haiku-4-5-20251001-v1:0',
      conversationId: 'conv-300777',
      userId: 'user-777',
    },
    { headers: { 'idempotency-key': 'a-switch-among-many' } },
  );
  expect(body.data).toMatchObject({ switched: true });
  await system.api.get(AuditService, { strict: false }).record(body.data.switchId);
  const shared = await system.act({ action: 'auto-switch', useCase: 'health', dryRun: true });
  expect(shared.body.data.followers).toBeGreaterThan(1_000);
  for (const url of ['model', 'history'])
    expect((await system.get(`/v1/conversations/conv-300777/${url}`)).status).toBe(200);
  expect((await system.get('/v1/switches?userId=user-777&limit=10')).body.items.length).toBeGreaterThan(1);
  const statements = recorder.take();
  expect(statements.length).toBeGreaterThan(15);
  const plans = await explainAll(db, statements, { run: false });
  const scanning = plans.filter(({ scanned }) => scanned.some((table) => BIG_TABLES.includes(table)));
  expect(scanning.map(({ sql, scanned }) => ({ sql, scanned }))).toEqual([]);
});

describe('the statements of the document', () => {
  it.each([
    ['recentSwitches', 30],
    ['switchesByModel', 1_000],
    ['costImpact', 3_000],
    ['userPreferences', 3_000],
    ['topAdoptedModels', 3_000],
  ] as const)('%s reads its time window only', async (name, mostPages) => {
    const plan = await planOf(() => db.query(DOCUMENT_STATEMENTS[name]));
    expect(plan.scanned).toEqual([]);
    expect(plan.indexes).toEqual(['idx_bedrock_switches_timestamp']);
    expect(plan.pages).toBeLessThanOrEqual(mostPages);
  });

  it('switchesToday, which compares a date and so has to read everything, stays within the limit of a request', async () => {
    const rows: { switches: string }[] = await db.query(DOCUMENT_STATEMENTS.switchesToday);
    const [{ count }] = await db.query(
      `SELECT count(*) FROM bedrock_model_switches WHERE timestamp >= date_trunc('day', now())`,
    );
    expect(rows.reduce((sum, { switches }) => sum + Number(switches), 0)).toBe(Number(count));
  });
});
