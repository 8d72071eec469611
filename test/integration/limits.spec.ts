import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import { ApiInstance } from '../support/api-instance.js';
import { blockEventLoop } from '../support/busy-event-loop.js';
import { eventually } from '../support/eventually.js';
import { passTime } from '../support/monotonic-clock.js';
import { listen, RawClient } from '../support/raw-client.js';
import { SERVICE_KEY } from '../support/test-env.js';
import { TestSystem, userToken } from '../support/test-system.js';

const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const STARTUP_MS = 5_000;
const LIST = { action: 'list-all' };
/** Nothing listens there. */
const NO_REDIS = 'redis://127.0.0.1:1';

/** A system with these settings for one test. */
async function withSystem(overrides: Record<string, string>, work: (system: TestSystem) => Promise<void>) {
  const system = await TestSystem.start({ overrides });
  await work(system).finally(() => system.close());
}

/** Spends one request, and makes the second in which it counts last for an hour. */
async function holdTheSecond(system: TestSystem, ask: () => Promise<unknown>): Promise<void> {
  const redis = system.api.get(RedisConnections, { strict: false });
  const counts = () => redis.commands.keys(redis.key('limit*'));
  await eventually(async () => {
    await Promise.all((await counts()).map((key) => redis.commands.del(key)));
    await ask();
    const [key = ''] = await counts();
    // The second may be over already.
    expect(await redis.commands.pexpire(key, 3_600_000)).toBe(1);
  });
}

const statuses = async (answers: Promise<{ status: number }>[]) =>
  (await Promise.all(answers)).map(({ status }) => status);
const times = <T>(count: number, work: () => T) => Array.from({ length: count }, work);
const count = (all: number[], status: number) => all.filter((each) => each === status).length;

describe('the limit of a principal', () => {
  it('is one for all instances', async () => {
    await withSystem({ RATE_LIMIT_PER_SECOND: '6' }, async (system) => {
      const other = await ApiInstance.start(system.environment.variables);
      const token = await system.key(['read'], 'shared');
      await holdTheSecond(system, () => system.act(LIST, { token }));
      const found = await statuses([
        ...times(8, () => system.act(LIST, { token })),
        ...times(8, () => other.act(LIST, token)),
      ]);
      expect([count(found, 200), count(found, 429)]).toEqual([5, 11]);
      await other.close();
    });
  });

  it('holds for each instance by itself while Redis is away', async () => {
    await withSystem({ RATE_LIMIT_PER_SECOND: '6', REDIS_URL: NO_REDIS }, async (system) => {
      // Sixteen at a time, until they are within one second.
      await eventually(async () => {
        const found = await statuses(times(16, () => system.act(LIST)));
        expect(count(found, 200)).toBeGreaterThanOrEqual(1);
        expect(count(found, 429)).toBeGreaterThan(0);
      });
    });
  });

  it('lets the 200 requests a second pass that an automated client may make', async () => {
    await withSystem({ RATE_LIMIT_PER_SECOND: '' }, async (system) => {
      expect(new Set(await statuses(times(200, () => system.act(LIST))))).toEqual(new Set([200]));
    });
  });
});

describe('an address that fails again and again', () => {
  const failing = (system: TestSystem, token: string) => system.get('/v1/models', { token });
  const guess = () => `bmo_${crypto.randomUUID().replaceAll('-', '').padEnd(43, 'x')}`;

  it('gets 429 instead of 401, costs PostgreSQL nothing more, and harms nobody behind it', async () => {
    await withSystem({ FAILED_LOGINS_PER_MINUTE: '5' }, async (system) => {
      const known = await system.key(['read'], 'known');
      expect((await system.get('/v1/models', { token: known })).status).toBe(200);
      for (let tries = 0; tries < 5; tries += 1) expect((await failing(system, guess())).status).toBe(401);
      const refused = await failing(system, guess());
      expect(refused).toMatchObject({ status: 429, body: { code: 'rate_limited' } });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(30);
      // Also one that exists: it is not looked up.
      const unseen = await system.key(['read'], 'unseen');
      expect((await failing(system, unseen)).status).toBe(429);
      for (const token of [known, SERVICE_KEY, await userToken('user-456')])
        expect((await system.get('/v1/models', { token })).status).toBe(200);
    });
  });

  it('is the client’s own behind a proxy that is trusted, and nobody’s invention otherwise', async () => {
    const from = (system: TestSystem, client: string) =>
      system.get('/v1/models', { token: 'wrong', headers: { 'x-forwarded-for': client } });
    await withSystem({ FAILED_LOGINS_PER_MINUTE: '1', TRUSTED_PROXIES: 'loopback' }, async (system) => {
      const answers = [await from(system, '203.0.113.1'), await from(system, '203.0.113.2')];
      expect(await statuses(answers.map(async (answer) => answer))).toEqual([401, 401]);
      expect((await from(system, '203.0.113.1')).status).toBe(429);
      expect((await from(system, '2001:db8:1:2::1')).status).toBe(401);
      expect((await from(system, '2001:db8:1:2:ffff::9')).status).toBe(429);
    });
    await withSystem({ FAILED_LOGINS_PER_MINUTE: '1' }, async (system) => {
      expect((await from(system, '203.0.113.1')).status).toBe(401);
      expect((await from(system, '203.0.113.2')).status).toBe(429);
    });
  });
});

describe('a browser', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start({
      overrides: { CORS_ORIGINS: 'http://localhost:*,https://app.example.com' },
    });
  });
  afterAll(() => system.close());
  const allowed = async (origin: string) =>
    (await system.get('/v1/models', { headers: { origin } })).headers['access-control-allow-origin'];

  it.each(['http://localhost:5173', 'http://localhost', 'https://app.example.com'])(
    'may call from %s',
    async (origin) => {
      expect(await allowed(origin)).toBe(origin);
    },
  );

  it.each([
    'http://localhost.example.com',
    'https://localhost:5173',
    'http://127.0.0.1:5173',
    'http://localhost:5173.x',
  ])('may not call from %s', async (origin) => {
    expect(await allowed(origin)).toBeUndefined();
  });

  it('that opens the address of the service gets the console, and a program gets 404', async () => {
    const html = { headers: { accept: 'text/html,*/*;q=0.8' }, token: null };
    expect(await system.get('/', html)).toMatchObject({ status: 302, headers: { location: '/console' } });
    expect(await system.get('/', { token: null })).toMatchObject({ status: 404, body: { status: 404 } });
  });
});

describe('what an answer carries', () => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start({ overrides: { CORS_ORIGINS: 'https://app.example.com' } });
  });
  afterAll(() => system.close());

  it.each([
    ['/v1/keys', {}],
    ['/livez', { token: null }],
    ['/v1/models', { token: null }],
    ['/nowhere', { token: null }],
    ['/docs', { token: null }],
  ])('%s is not stored, not framed, not sniffed (%j)', async (url, call) => {
    const { headers } = await system.get(url, call);
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'SAMEORIGIN',
      'referrer-policy': 'no-referrer',
      'strict-transport-security': expect.stringContaining('max-age='),
      'content-security-policy': expect.stringContaining("default-src 'none'"),
    });
    expect(headers).not.toHaveProperty('x-powered-by');
  });

  it('the page at /docs names the service, and keeps the key over a reload', async () => {
    expect((await system.get('/docs', { token: null })).text).toContain(
      '<title>Bedrock Model Orchestrator: API',
    );
    const { text } = await system.get('/docs/swagger-ui-init.js', { token: null });
    expect(text).toMatch(/"persistAuthorization":\s*true/);
  });

  it('the page at /docs loads nothing that its policy forbids', async () => {
    const { text, headers } = await system.get('/docs', { token: null });
    const policy = String(headers['content-security-policy']);
    expect(text).not.toMatch(/<script(?![^>]*\bsrc=)[^>]*>/);
    const loaded = [...text.matchAll(/(?:src|href)=["']([^"'#][^"']*)["']/g)].map(([, url]) => url!);
    expect(loaded.length).toBeGreaterThan(3);
    for (const url of loaded) {
      expect(url).toMatch(/^\.?\//);
      expect((await system.get(url.replace(/^\.\//, '/'), { token: null })).status).toBe(200);
    }
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
  });

  const preflight = (origin: string) =>
    system.api.inject({
      method: 'OPTIONS',
      url: '/v1/models/x',
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,if-match',
      },
    });

  it('lets the configured origin in, with every method, and no other', async () => {
    const allowed = await preflight('https://app.example.com');
    expect(allowed.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-methods': expect.stringContaining('PATCH'),
      'access-control-allow-headers': 'authorization,if-match',
    });
    expect((await preflight('https://evil.example')).headers).not.toHaveProperty(
      'access-control-allow-origin',
    );
    const { headers } = await system.get('/v1/models', { headers: { origin: 'https://app.example.com' } });
    expect(headers['access-control-expose-headers']).toMatch(/etag/i);
  });

  it('is for no origin at all where none is configured', async () => {
    await withSystem({}, async (closed) => {
      const { headers } = await closed.get('/v1/models', { headers: { origin: 'https://app.example.com' } });
      expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    });
  });
});

describe('too much or too slow', () => {
  let system: TestSystem;
  let port: number;
  const clients: RawClient[] = [];
  const client = () => {
    clients.push(new RawClient(port));
    return clients.at(-1)!;
  };
  beforeAll(async () => {
    system = await TestSystem.start({ overrides: { REQUEST_TIMEOUT_MS: '400' } });
    port = await listen(system.api);
  });
  afterAll(async () => {
    for (const one of clients) one.end();
    await system.close();
  });

  it('an address of more than 8 KiB is a 414', async () => {
    const { status, body, headers } = await system.get(`/v1/models?x=${'y'.repeat(8_192)}`);
    expect({ status, code: body.code }).toEqual({ status: 414, code: 'uri_too_long' });
    expect(headers['content-type']).toContain('application/problem+json');
  });

  it.each<[string, string, number, string]>([
    [
      'headers of more than 16 KiB',
      `GET /livez HTTP/1.1\r\nhost: x\r\nx-y: ${'z'.repeat(17_000)}\r\n\r\n`,
      431,
      'headers_too_large',
    ],
    ['headers that do not end in time', 'GET /livez HTTP/1.1\r\nhost: x\r\n', 408, 'request_timeout'],
    [
      'a body that does not end in time',
      'POST /orchestrate HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{',
      408,
      'request_timeout',
    ],
    ['something that is no HTTP', 'HELO there\r\n\r\n', 400, 'invalid_request'],
  ])('%s: the server answers and hangs up', async (_, text, status, code) => {
    const slow = client();
    slow.send(text);
    const refusal = await slow.refusal();
    expect(refusal).toMatchObject({ status, type: 'application/problem+json', problem: { code, status } });
  });

  it('connections beyond the most are not accepted, and the others are served', async () => {
    await withSystem({ MAX_CONNECTIONS: '20' }, async (limited) => {
      const full = await listen(limited.api);
      const open = times(30, () => new RawClient(full));
      for (const one of open) one.send(`GET /livez HTTP/1.1\r\nhost: x\r\n\r\n`);
      const served = () => open.filter(({ received }) => received.startsWith('HTTP/1.1 200')).length;
      await eventually(() => expect(served()).toBe(20));
      await Promise.all(open.filter(({ received }) => received === '').map(({ closed }) => closed));
      expect(served()).toBe(20);
      for (const one of open) one.end();
    });
  });
});

it('an instance that is too busy turns requests away, is alive all the while, and recovers', async () => {
  await withSystem({ MAX_EVENT_LOOP_DELAY_MS: '100' }, async (system) => {
    // Start-up excuses a busy event loop.
    passTime(STARTUP_MS);
    const stop = blockEventLoop();
    try {
      const refused = await eventually(async () => {
        const answer = await system.act(LIST);
        expect(answer.status).toBe(503);
        return answer;
      });
      expect(refused.headers).toMatchObject({ 'retry-after': '1', 'cache-control': 'no-store' });
      expect(refused.body).toMatchObject({ code: 'overloaded', status: 503 });
      for (const url of ['/livez', '/readyz', '/metrics']) expect((await system.get(url)).status).toBe(200);
    } finally {
      stop();
    }
    await eventually(async () => expect((await system.act(LIST)).status).toBe(200));
  });
});

it('refuses switches when too many wait for their audit row, and takes them again when they are written', async () => {
  await withSystem({ OUTBOX_LIMIT: '3' }, async (system) => {
    const { owner } = system.environment;
    const wait = (dead: string) =>
      owner.query(
        `INSERT INTO outbox (id, job, dead_at) SELECT gen_random_uuid(), 'j', ${dead} FROM generate_series(1, 4)`,
      );
    const body = { action: 'switch', modelId: NOVA_LITE, conversationId: 'conv-123', userId: 'user-456' };
    await wait('now()');
    await wait('NULL');
    const refused = await system.act(body);
    expect(refused).toMatchObject({ status: 503, body: { code: 'audit_backlog', success: false } });
    expect(refused.headers['retry-after']).toBe('10');
    expect((await owner.query('SELECT FROM switch_events')).rowCount).toBe(0);
    expect((await system.act(LIST)).status).toBe(200);
    await owner.query('DELETE FROM outbox WHERE dead_at IS NULL');
    await eventually(async () => expect((await system.act(body)).status).toBe(200));
  });
});
