import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const LITE = 'eu.amazon.nova-lite-v1:0';
const USAGE = {
  ...{ calls: 12_345, answered: 11_994, refused: 0, failed: 45, cancelled: 300, fallbacks: 7 },
  guardrailIntervened: 6,
  ...{ inputTokens: 1_000_000, outputTokens: 250_000, cacheReadInputTokens: 0, cacheWriteInputTokens: 0 },
  totalTokens: 1_250_000,
  latencyMs: { mean: 1843, p50: 1705, p95: 4240 },
  firstTextMs: { mean: 402, p50: null, p95: null },
};
const COST = { calls: 12_345, costUsd: '0.394430400', unknownCostCalls: 3 };
const SWITCHES = {
  ...{ switches: 12, estimatedUsd: '2.2337880', unknownEstimates: 0 },
  ...{ savedUsd: '1.84', savingCalls: 118, unknownSavings: 2 },
};
const pageOf = (items: object[], totals: object, more: object = {}) =>
  status(200, { items, totals, nextCursor: null, complete: true, ...more });
const run = async (args: string[], ...replies: Parameters<typeof service.reply>) => {
  service.reply(...replies);
  return service.run(args);
};

it.each([
  [['usage'], '/v1/analytics/usage?groupBy=model&limit=50'],
  [['costs'], '/v1/analytics/costs?groupBy=model&limit=50'],
  [
    ['usage', '--group-by', 'use-case', '--from', '7d', '--to', '2026-01-14', '--limit', '5'],
    '/v1/analytics/usage?groupBy=useCase&from=2026-01-08&to=2026-01-14&limit=5',
  ],
  [
    ['costs', '--group-by', 'day', '--model', LITE, '--use-case', 'health', '--user', 'u'],
    '/v1/analytics/costs?groupBy=day&modelId=eu.amazon.nova-lite-v1%3A0&useCase=health&userId=u&limit=50',
  ],
  [['forms'], '/v1/analytics/forms'],
  [
    ['forms', '--from', '2026-01-01', '--to', '2026-01-14', '--use-case', 'health'],
    '/v1/analytics/forms?from=2026-01-01&to=2026-01-14&useCase=health',
  ],
])('%j asks for %s', async (args, path) => {
  const { exitCode, out } = await run(args, pageOf([], {}));
  expect([exitCode, out]).toEqual([0, 'No calls were found in these days.\n']);
  expect(service.received).toMatchObject([{ method: 'GET', path }]);
});

describe('usage', () => {
  it('has a line for each group and one for all', async () => {
    const { out } = await run(['usage'], pageOf([{ key: LITE, ...USAGE }], { ...USAGE, calls: 20_000 }));
    const [head, line, total] = out
      .trimEnd()
      .split('\n')
      .map((row) => row.split(/ {2,}/));
    expect(head).toEqual([
      ...['MODEL', 'CALLS', 'FAILED', 'GUARDRAIL', 'FELL BACK', 'TOKENS IN', 'TOKENS OUT', 'TOKENS', 'MS'],
      ...['MS (P95)', 'FIRST TEXT MS'],
    ]);
    const figures = ['45', '6', '7', '1,000,000', '250,000', '1,250,000', '1,705', '4,240', '402'];
    expect(line).toEqual([LITE, '12,345', ...figures]);
    expect(total).toEqual(['total', '20,000', ...figures]);
  });

  it('shows hours as times, and a dash where no call has one', async () => {
    const hour = { ...USAGE, key: '2026-01-15T09:00:00Z', latencyMs: null, firstTextMs: null };
    const { out } = await run(['usage', '--group-by', 'hour'], pageOf([hour], USAGE));
    expect(out).toMatch(/^2026-01-15 09:00 UTC .* 1,250,000 +- +- +-$/m);
  });

  it('fits 80 columns', async () => {
    service.reply(pageOf([{ key: LITE, ...USAGE }], USAGE));
    const { out } = await service.run(['usage'], { columns: 80 });
    expect(Math.max(...out.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    expect(out).toContain(LITE);
  });

  it('says when the figures are not complete, and that there are more groups', async () => {
    const reply = pageOf([{ key: LITE, ...USAGE }], USAGE, { complete: false, nextCursor: 'next' });
    const { out } = await run(['usage', '--limit', '1'], reply);
    expect(out).toContain('Some calls are missing: they wait for a worker to add them up.');
    expect(out).toContain('There are more groups than are shown here.');
  });

  it('--json is all of the answer', async () => {
    const { out } = await run(
      ['--json', 'usage'],
      pageOf([{ key: LITE, ...USAGE }], USAGE, { from: '2026-01-09' }),
    );
    expect(JSON.parse(out)).toEqual({
      ...{ items: [{ key: LITE, ...USAGE }], totals: USAGE, nextCursor: null, complete: true },
      from: '2026-01-09',
    });
  });
});

describe('costs', () => {
  it('shows what is unknown as such, and what switches saved beside what they were to save', async () => {
    const unknown = { key: 'health', calls: 3, costUsd: null, unknownCostCalls: 3 };
    const items = [{ key: 'clinical', ...COST }, unknown];
    const { out } = await run(
      ['costs', '--group-by', 'use-case'],
      pageOf(items, COST, { switches: SWITCHES }),
    );
    expect(out).toBe(
      `USE CASE  CALLS   COST USD   WITHOUT KNOWN COST
clinical  12,345  0.3944304  3
health    3       unknown    3
total     12,345  0.3944304  3

Switches of these days: 12
   saved so far: 1.84 USD in 118 calls (not known of 2 calls)
   estimated:    2.233788 USD
`,
    );
  });

  it('names the prices that are missing', async () => {
    const unknownCosts = [{ modelId: LITE, reason: 'no_price_for_cache_write_1h', calls: 1_200 }];
    const { out } = await run(['costs'], pageOf([{ key: LITE, ...COST }], COST, { unknownCosts }));
    expect(out).toContain(`Missing prices:\n   ${LITE}: no price for cache write 1h (1,200 calls)\n`);
  });

  it('says nothing of switches where there were none', async () => {
    const none = { ...SWITCHES, switches: 0 };
    const { out } = await run(['costs'], pageOf([{ key: LITE, ...COST }], COST, { switches: none }));
    expect(out).not.toContain('Switches');
  });
});

it.each([
  [['usage', '--group-by', 'planet'], 'model, use-case, user, day, hour'],
  [['usage', '--from', 'yesterday'], 'It must be a date, or a span back such as 7d, 4w.'],
  [['costs', '--limit', '0'], 'It must be a number from 1 to'],
  [['costs', '--user', ' '], 'It must not be empty.'],
])('%j is wrong usage', async (args, message) => {
  const { exitCode, err } = await run(args);
  expect(exitCode).toBe(2);
  expect(err).toContain(message);
});

it('shows a refusal of the service with its field', async () => {
  const detail = 'The request is not valid: from: is too early';
  const refusal = status(400, { title: 'Bad request', detail, code: 'invalid_request', status: 400 });
  const { exitCode, err } = await run(['usage', '--group-by', 'user', '--from', '31d'], refusal);
  expect(exitCode).toBe(1);
  expect(err).toContain('from: is too early');
});

describe('forms', () => {
  it('has a line for each wire and family of bodies, and for each of their forms', async () => {
    const forms = [
      { form: 'temperature', calls: 1_200 },
      { form: 'tools', calls: 7 },
    ];
    const items = [
      { wire: 'bedrock', bodyFamily: 'claude', calls: 1_234, forms },
      { wire: 'chat', bodyFamily: null, calls: 5, forms: [] },
    ];
    const { out } = await run(['forms'], pageOf(items, {}, { complete: false }));
    expect(out).toBe(
      `WIRE     BODY    FORM         CALLS
bedrock  claude  all          1,234
bedrock  claude  temperature  1,200
bedrock  claude  tools        7
chat     -       all          5

⚠️  Some calls are missing: they wait for a worker to add them up. Is one running?
`,
    );
  });
});
