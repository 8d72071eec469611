import { randomUUID } from 'node:crypto';
import { Decimal } from 'decimal.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { UsageService } from '#libs/costs/usage.service.js';
import { question } from '../support/chat-client.js';
import { ChatSystem, HAIKU, SONNET } from '../support/chat-system.js';
import { runCommandLine } from '../support/cli-run.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { userToken } from '../support/test-system.js';

/** The emulated account has it. */
const GUARDRAIL = { id: 'emulated0001', version: '2', required: true };
const INTERVENES = { kind: 'stop', reason: 'guardrail_intervened' } as const;
const INTERVENED = { outcome: 'guardrail_intervened', error_kind: 'guardrail_intervened' };

let chats: ChatSystem;
let user: string;
beforeAll(async () => {
  chats = await ChatSystem.start();
  const { status } = await chats.system.call('PUT', '/v1/use-cases/clinical', { guardrail: GUARDRAIL });
  expect(status).toBe(200);
});
afterAll(() => chats.close());
beforeEach(() => {
  user = `anna-${randomUUID()}`;
  chats.emulator.reset();
});

const request = () => ({
  conversationId: randomUUID(),
  useCase: 'clinical',
  userId: user,
  ...question('What helps against a cold?'),
});
const calls = () =>
  chats.rows('SELECT * FROM model_invocations WHERE user_id = $1 ORDER BY started_at', [user]);
const rollUp = () => chats.system.api.get(UsageService, { strict: false }).rollUp();
const usage = async () =>
  (await chats.system.get(`/v1/analytics/usage?userId=${user}&groupBy=model`)).body.items;
const own = async () =>
  (await chats.system.get('/v1/usage/me?groupBy=useCase', { token: await userToken(user) })).body;

/** Returns what the command line prints for an operator. */
async function cli(...args: string[]): Promise<string> {
  const env = { SUPABASE_URL: chats.url, SUPABASE_SERVICE_KEY: SERVICE_KEY };
  const { exitCode, stdout, stderr } = await runCommandLine(args, env);
  expect(exitCode, stderr).toBe(0);
  return stdout;
}

describe('a call in which a guardrail intervenes', () => {
  it('is recorded as such beside an answered and a refused one, and its response stays what it is', async () => {
    expect((await chats.chat(request())).body.stopReason).toBe('end_turn');
    chats.faults(INTERVENES);
    const { status, body } = await chats.chat(request());
    expect([status, body.stopReason]).toEqual([200, 'guardrail_intervened']);
    expect(body.message.content).toContain('guardrail');
    expect(body.attempts).toMatchObject([
      { modelId: SONNET, outcome: 'guardrail_intervened', errorKind: 'guardrail_intervened' },
    ]);
    const done = (await chats.stream(request())).at(-1)!;
    expect([done.event, done.data.stopReason]).toEqual(['done', 'guardrail_intervened']);
    chats.faults({ kind: 'stop', reason: 'content_filtered' });
    await chats.chat(request());

    expect(await calls()).toMatchObject([
      { outcome: 'answered', streamed: false },
      { ...INTERVENED, stop_reason: 'guardrail_intervened', streamed: false },
      { ...INTERVENED, stop_reason: 'guardrail_intervened', streamed: true },
      { outcome: 'refused', error_kind: 'refused' },
    ]);
    expect(chats.asked(HAIKU)).toBe(0);
  });

  it('has its figure for operators, its user and the command line, before and after the roll-up', async () => {
    await chats.chat(request());
    chats.faults({ ...INTERVENES, times: 1 });
    await chats.chat(request());
    const figures = { calls: 2, answered: 1, guardrailIntervened: 1, refused: 0, failed: 0, cancelled: 0 };
    const check = async () => {
      expect(await usage()).toMatchObject([{ key: SONNET, ...figures }]);
      expect(await own()).toMatchObject({ items: [{ key: 'clinical', ...figures }], totals: figures });
      const [head, line] = (await cli('usage', '--user', user)).split('\n').map((row) => row.split(/ {2,}/));
      expect(line![head!.indexOf('GUARDRAIL')]).toBe('1');
    };
    await check();
    await rollUp();
    await check();
    const [rolled] = await chats.rows(
      'SELECT refused::int, guardrail_intervened::int AS intervened FROM usage_daily WHERE user_id = $1',
      [user],
    );
    expect(rolled).toEqual({ refused: 1, intervened: 1 });
  });

  it('costs what Bedrock reports', async () => {
    chats.faults(INTERVENES);
    const { usage: reported } = (await chats.chat(request())).body;
    expect(reported).toMatchObject({ estimated: false });
    const [call] = await calls();
    expect([call.input_tokens, call.output_tokens]).toEqual([reported.inputTokens, reported.outputTokens]);
    const [price] = await chats.rows(
      'SELECT input_price_per_1k AS i, output_price_per_1k AS o FROM bedrock_models WHERE model_id = $1',
      [SONNET],
    );
    const cost = new Decimal(price.i)
      .mul(call.input_tokens)
      .add(new Decimal(price.o).mul(call.output_tokens));
    expect(new Decimal(call.cost_usd).eq(cost.div(1000))).toBe(true);
    const { totals } = (await chats.system.get(`/v1/analytics/costs?userId=${user}`)).body;
    expect(totals).toEqual({ calls: 1, costUsd: new Decimal(call.cost_usd).toFixed(), unknownCostCalls: 0 });
  });

  it('counts as a fallback where it ended on one, and in no latency', async () => {
    chats.faults({ kind: 'error', name: 'ModelNotReadyException', modelId: SONNET }, INTERVENES);
    await chats.chat(request());
    expect(await usage()).toMatchObject([
      { key: HAIKU, calls: 1, guardrailIntervened: 1, fallbacks: 1, failed: 0, latencyMs: null },
    ]);
  });

  it('is no failure of its model: no breaker opens, and the metric has it under its own name', async () => {
    chats.faults(INTERVENES);
    for (let times = 0; times < 6; times += 1) await chats.chat(request());
    expect(chats.system.api.get(BreakersService, { strict: false }).openModels()).toEqual([]);
    const { text } = await chats.system.get('/metrics');
    expect(text).toMatch(
      /model_call_duration_seconds_count\{model_id="[^"]*sonnet[^"]*",outcome="guardrail_intervened"\} \d/,
    );
  });

  it('is in the export of its user', async () => {
    chats.faults(INTERVENES);
    await chats.chat(request());
    const { text } = await chats.system.get(`/v1/users/${user}/export`);
    expect(text).toContain('"outcome":"guardrail_intervened"');
  });

  it('is said by the command line after the answer', async () => {
    chats.faults(INTERVENES);
    expect(await cli('chat', '--use-case', 'clinical', '--user', user, '--message', 'x')).toContain(
      ' · guardrail intervened · ',
    );
  });
});
