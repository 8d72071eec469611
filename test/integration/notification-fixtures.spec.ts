import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AuditService } from '#libs/audit/audit.service.js';
import { BudgetWarnings } from '#libs/budgets/budget-warnings.service.js';
import { changeNotification } from '#libs/change-control/change-notification.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { NotificationsService } from '#libs/notifications/notifications.service.js';
import { NotificationView } from '../../apps/api/src/notifications/notifications.schemas.js';
import { ApiInstance } from '../support/api-instance.js';
import { HAIKU, NOVA_PRO, OPUS, SONNET } from '../support/catalogue-editing.js';
import { HOUR, SweepSystem } from '../support/sweep-system.js';

const FOLDER = new URL('../fixtures/notifications/', import.meta.url);
const FIXTURES = readdirSync(FOLDER).map((file) => file.replace('.json', ''));
const fixtureOf = (name: string) => JSON.parse(readFileSync(new URL(`${name}.json`, FOLDER), 'utf8'));
const DAY = 24 * HOUR;

/** Notifications of the api, by the name of their fixture: here all of them really happen. */
const told: Record<string, Record<string, unknown>> = {};
let system: SweepSystem;
let api: ApiInstance;

beforeAll(async () => {
  system = await SweepSystem.start();
  api = await ApiInstance.start(system.environment.variables);
  await tellOperators();
  await tellUsers();
});
afterAll(async () => {
  await api.close();
  await system.close();
});

async function published(query: string) {
  await system.context.get(NotificationPublisher, { strict: false }).publish();
  return (await api.get(`/v1/notifications?${query}`)).body.items;
}

async function tellOperators(): Promise<void> {
  const inDays = (days: number) => new Date(system.clock.now().getTime() + days * DAY);
  await system.query(
    'UPDATE bedrock_models SET legacy_at = NULL, extended_access_at = NULL, end_of_life_at = NULL',
  );
  await system.query(
    'UPDATE bedrock_models SET legacy_at = $2, extended_access_at = $3, end_of_life_at = $4 WHERE model_id = $1',
    [SONNET, inDays(14), inDays(45), inDays(180)],
  );
  await system.query(`UPDATE use_cases SET on_model_failure = 'alert' WHERE name = 'operations'`);
  const refusal = {
    kind: 'refusal',
    plane: 'runtime',
    modelId: NOVA_PRO,
    reason: 'marketplace_pending',
  } as const;
  system.emulator.setFaults([refusal]);
  await system.sweep(HOUR);
  system.emulator.setFaults([]);
  for (const _ of ['answers once', 'answers twice']) await system.sweep(HOUR);
  await spendABudget();
  await breakTheGlass();
  for (const item of await published('limit=100')) {
    const what = item.budget ? 'budget' : (item.change?.event ?? item.milestone ?? item.verdict);
    told[[item.kind, what].filter(Boolean).join('-').replaceAll('_', '-')] = item;
  }
}

async function spendABudget(): Promise<void> {
  await system.query(`INSERT INTO cost_budgets (id, use_case, period, limit_usd, updated_at)
    VALUES ('6b1f0c52-4f0e-4a53-9d0a-1f6a1f6f3c11', 'clinical', 'month', 100, '2026-11-01T00:00:00Z')`);
  await system.query(`INSERT INTO usage_hourly SELECT '2026-11-20T09:00:00Z', 'eu.amazon.nova-pro-v1:0', 'clinical',
    10, 0, 0, 0, 0, 0, 1000, 1000, 0, 0, 82.1, 3, 0, 0, 0`);
  await system.context.get(BudgetWarnings, { strict: false }).warn();
}

async function breakTheGlass(): Promise<void> {
  const change = {
    id: '0e9ab2a4-98a5-4a1e-8a57-2b7de1f0c7a3',
    useCases: ['clinical'],
    reason: 'The model answers wrongly at night',
    applyAt: null,
    reviewDueAt: new Date('2026-11-23T15:00:00Z'),
  };
  const occasion = { event: 'broken_glass', at: system.clock.now(), actor: 'person:x:bob' } as const;
  await system.context
    .get(NotificationsService, { strict: false })
    .write(changeNotification(change, occasion));
}

async function tellUsers(): Promise<void> {
  const mine = { userId: 'user-456', conversationId: 'conv-123' };
  const reason = 'Better quality needed';
  const everybody = { action: 'switch', useCase: 'clinical', modelId: HAIKU, reason: 'Cost optimization' };
  const requests = {
    'switch-manual': { ...mine, action: 'switch', modelId: OPUS, reason },
    'switch-fallback': { ...mine, action: 'fallback-switch', reason: 'Rate limit exceeded' },
    'switch-auto': { ...mine, action: 'auto-switch', useCase: 'health' },
    'switch-silent': { ...mine, action: 'switch', modelId: HAIKU, showNotification: false },
    'switch-use-case': everybody,
  };
  for (const [name, request] of Object.entries(requests)) {
    const { body } = await api.act(request);
    await system.context.get(AuditService, { strict: false }).record(body.data.switchId);
    const of = request === everybody ? '' : '&userId=user-456&includeSilent=true';
    [told[name]] = await published(`limit=1${of}`);
    if (name === 'switch-manual') told['action-notification'] = body.notification;
  }
}

/** Fields that differ every time; the rest must be identical. */
const CHANCE = ['id', 'seq', 'switchId', 'createdAt'];
const withoutChance = (notification: object) =>
  Object.fromEntries(Object.entries(notification).filter(([field]) => !CHANCE.includes(field)));

describe('shared with the clients and what the api really says:', () => {
  it.each(FIXTURES)('%s', (name) => {
    const fixture = fixtureOf(name);
    expect(told[name]).toBeDefined();
    expect(withoutChance(told[name]!)).toEqual(withoutChance(fixture));
    expect(Object.keys(told[name]!).sort()).toEqual(Object.keys(fixture).sort());
  });

  it('nothing the api says is without a fixture', () => {
    expect(Object.keys(told).sort()).toEqual([...FIXTURES].sort());
  });

  it.each(FIXTURES.filter((name) => name !== 'action-notification'))('%s fits the schema', (name) => {
    const fixture = fixtureOf(name);
    expect(NotificationView.strict().parse(fixture)).toEqual(fixture);
    expect(fixture.switchId).toBe(fixture.kind === 'switch' ? fixture.id : null);
  });
});
