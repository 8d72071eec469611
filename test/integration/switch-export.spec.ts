import { afterAll, beforeAll, expect, it } from 'vitest';
import { TestSystem } from '../support/test-system.js';

const SWITCHES = 1_203;

let system: TestSystem;
beforeAll(async () => {
  system = await TestSystem.start();
  await system.environment.owner.query(
    `INSERT INTO switch_events (id, scope, conversation_id, use_case, seq, user_id, actor, switch_action, switch_type,
       previous_model_id, new_model_id, reason, notification_shown, notification_title, notification_message, request_id, occurred_at)
     SELECT gen_random_uuid(), 'conversation', 'conv-' || n, 'clinical', 1, 'user-' || n % 2, 'service:cli', 'manual_switch', 'manual',
       'a', 'b', CASE n WHEN 1 THEN '=HYPERLINK("evil")' WHEN 2 THEN 'two' || chr(10) || 'lines, "quoted"' END, true, 't', 'm', 'r',
       date_trunc('milliseconds', now()) - make_interval(secs => n / 3)
     FROM generate_series(1, $1) AS n`,
    [SWITCHES],
  );
});
afterAll(() => system.close());

it('exports every switch as NDJSON, each once, in the fields of the list', async () => {
  const { headers, text } = await system.get('/v1/switches?format=ndjson');
  const exported = text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  const listed = (await system.get('/v1/switches?limit=1')).body.items[0];
  expect(headers['content-type']).toBe('application/x-ndjson');
  expect(new Set(exported.map(({ id }) => id)).size).toBe(SWITCHES);
  expect(exported[0]).toEqual(listed);
});

it('exports what the filters let through as CSV that a spreadsheet reads and does not run', async () => {
  const { headers, text } = await system.get('/v1/switches?format=csv&userId=user-1');
  expect(headers['content-type']).toBe('text/csv; charset=utf-8');
  expect(text.split('\n')[0]).toBe(
    'id,seq,scope,conversationId,useCase,userId,actor,onBehalfOf,action,type,previousModelId,newModelId,reason,costImpact,costImpactHorizon,notificationShown,status,timestamp,savedUsd,requestId,basis,changeId,approvedBy',
  );
  expect(text.match(/,conv-\d+,/g)).toHaveLength(Math.ceil(SWITCHES / 2));
  expect(text).toContain(`"'=HYPERLINK(""evil"")"`);
  const other = await system.get('/v1/switches?format=csv&userId=user-0');
  expect(other.text).toContain('"two\nlines, ""quoted"""');
});

it('refuses an export to who may not read switches, before a line is written', async () => {
  const reader = await system.key(['read']);
  const { status, body } = await system.get('/v1/switches?format=csv', { token: reader });
  expect([status, body.code]).toEqual([403, 'forbidden']);
});
