import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { checkTypes, functionNames } from '../support/deno-function.js';
import { eventually } from '../support/eventually.js';
import { SupabaseProject } from '../support/supabase-project.js';
import { userToken } from '../support/test-system.js';

const NAME = 'orchestrate-bedrock-models';
const SONNET = 'eu.anthropic.claude-sonnet-4-6';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
const PATIENT = '7d1c1c7e-5b0a-4d0c-9f6e-0d4b8b7e4a01';

let project: SupabaseProject;
let url: string;
let serviceRoleKey: string;
beforeAll(async () => {
  serviceRoleKey = await userToken('', { role: 'service_role', sub: undefined });
  project = await SupabaseProject.start({ SUPABASE_SERVICE_KEY: serviceRoleKey });
  url = await project.deploy(NAME);
});
afterAll(() => project.close());
const clientFor = (user: string) => project.clientFor(user);
const rowsOf = async (statement: string, values: unknown[]) =>
  (await project.system.environment.owner.query(statement, values)).rows;

it('has functions that Deno accepts, each with settings for its deployment', async () => {
  await checkTypes();
  const config = readFileSync(join(checkout, 'supabase', 'config.toml'), 'utf8');
  const sections = [...config.matchAll(/^\[functions\.([\w-]+)\]\nverify_jwt = (?:true|false)$/gm)];
  expect(sections.map(([, name]) => name).toSorted()).toEqual(functionNames().toSorted());
});

describe('the proxy for an unchanged client of the old function', () => {
  it('lists models with a token of a person, in the form of the document', async () => {
    const { data, error } = await (await clientFor(PATIENT)).functions.invoke(NAME, {
      body: { action: 'list-all' },
    });
    expect(error).toBeNull();
    expect(data).toMatchObject({ success: true, action: 'list-all' });
    expect(data.data.total).toBe(data.data.models.length);
  });

  it('switches a conversation of the person, with the notification in the response', async () => {
    const client = await clientFor(PATIENT);
    const conversationId = randomUUID();
    const join = { action: 'auto-switch', useCase: 'clinical', conversationId };
    const joined = await client.functions.invoke(NAME, { body: join });
    expect(joined.data.notification).toMatchObject({ title: 'Auto-Switching AI Model', modelId: SONNET });
    const body = { action: 'switch', modelId: HAIKU, conversationId, reason: 'Cost optimization' };
    const { data } = await client.functions.invoke(NAME, { body });
    expect(data).toMatchObject({ success: true, data: { switched: true, to: 'Claude Haiku 4.5' } });
    await eventually(async () => {
      const rows = await rowsOf(
        'SELECT FROM bedrock_model_switches WHERE conversation_id = $1 AND user_id = $2',
        [conversationId, PATIENT],
      );
      expect(rows).toHaveLength(2);
    });
  });

  it('takes JSON as text, as supabase-js sends a string', async () => {
    const body = JSON.stringify({ action: 'validate', modelId: HAIKU });
    const { data, error } = await (await clientFor(PATIENT)).functions.invoke(NAME, { body });
    expect([error, data.success, data.action]).toEqual([null, true, 'validate']);
  });

  it('takes the project’s service_role key in either header, where it is the orchestrator’s bootstrap key', async () => {
    const body = JSON.stringify({ action: 'list-all' });
    const json = { 'content-type': 'application/json' };
    for (const [name, value] of [
      ['authorization', `Bearer ${serviceRoleKey}`],
      ['apikey', serviceRoleKey],
    ] as const) {
      const response = await fetch(url, { method: 'POST', headers: { ...json, [name]: value }, body });
      expect(response.status).toBe(200);
    }
  });

  it('passes on Idempotency-Key, request id and ETag', async () => {
    const conversationId = randomUUID();
    const send = async () =>
      fetch(url, {
        method: 'POST',
        headers: {
          authorization: `Bearer ${await userToken(PATIENT)}`,
          'content-type': 'application/json',
          'idempotency-key': conversationId,
          'x-request-id': `edge-${conversationId}`,
        },
        body: JSON.stringify({ action: 'auto-switch', useCase: 'clinical', conversationId }),
      });
    const [first, second] = [await send(), await send()];
    expect(first.headers.get('x-request-id')).toBe(`edge-${conversationId}`);
    expect(first.headers.get('etag')).toBeTruthy();
    expect(await second.json()).toEqual(await first.json());
    const rows = await rowsOf('SELECT request_id FROM switch_events WHERE conversation_id = $1', [
      conversationId,
    ]);
    expect(rows).toEqual([{ request_id: `edge-${conversationId}` }]);
  });

  it('passes on refusals with status and body: wrong tokens, no token, an unknown model', async () => {
    const forged = await userToken(PATIENT, {}, 'a-secret-of-somebody-else-with-32-characters');
    const anon = await userToken(PATIENT, { role: 'anon' });
    for (const token of [forged, anon, 'nonsense']) {
      const { error, response } = await project.clientOf(token).functions.invoke(NAME, {
        body: { action: 'list-all' },
      });
      expect([error.name, response!.status]).toEqual(['FunctionsHttpError', 401]);
      expect(await response!.json()).toMatchObject({ success: false, code: 'unauthenticated' });
    }
    const without = await fetch(url, { method: 'POST', body: '{"action":"list-all"}' });
    expect([without.status, without.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    const body = { action: 'switch', modelId: 'no-such-model', conversationId: randomUUID() };
    const { response } = await (await clientFor(PATIENT)).functions.invoke(NAME, { body });
    expect(response!.status).toBe(404);
    expect(await response!.json()).toMatchObject({ success: false, code: 'model_not_found' });
  });

  it('refuses a body that is too large, and any method but POST', async () => {
    const body = { action: 'list-all', reason: 'x'.repeat(40_000) };
    const { response } = await (await clientFor(PATIENT)).functions.invoke(NAME, { body });
    expect(response!.status).toBe(413);
    expect(await response!.json()).toMatchObject({ success: false, code: 'payload_too_large' });
    const read = await fetch(url);
    expect([read.status, read.headers.get('allow')]).toEqual([405, 'POST, OPTIONS']);
  });

  it('lets pages of other origins in: preflight, and responses of every status', async () => {
    const preflight = await fetch(url, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://app.example.com',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-client-info,apikey,content-type,idempotency-key',
      },
    });
    expect([preflight.status, preflight.headers.get('access-control-allow-origin')]).toEqual([204, '*']);
    const allowed = preflight.headers.get('access-control-allow-headers')!.split(', ');
    for (const name of ['authorization', 'x-client-info', 'apikey', 'content-type', 'idempotency-key'])
      expect(allowed).toContain(name);
    const refused = await fetch(url, { method: 'POST', headers: { origin: 'https://app.example.com' } });
    expect([refused.status, refused.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
  });
});

describe('the proxy without its orchestrator', () => {
  const servers: Server[] = [];
  afterAll(() => {
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });
  const listen = async (server: Server) => {
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  };
  const ask = async (as: string) => {
    const { response } = await (await clientFor(PATIENT)).functions.invoke(as, {
      body: { action: 'list-all' },
    });
    return {
      status: response!.status,
      retryAfter: response!.headers.get('retry-after'),
      body: await response!.json(),
    };
  };

  it('says 503 and when to come back where the connection is lost', async () => {
    const losing = await listen(createServer((request) => request.socket.destroy()));
    await project.deploy(NAME, { ORCHESTRATOR_URL: losing }, 'losing');
    const { status, retryAfter, body } = await ask('losing');
    expect([status, Number(retryAfter) > 0]).toEqual([503, true]);
    expect(body).toMatchObject({ success: false, code: 'orchestrator_unreachable' });
    expect(body.error).toContain('Idempotency-Key');
  });

  it('says 504 where it is silent for too long', async () => {
    const silent = await listen(createServer(() => undefined));
    await project.deploy(NAME, { ORCHESTRATOR_URL: silent, ORCHESTRATOR_TIMEOUT_MS: '300' }, 'silent');
    expect(await ask('silent')).toMatchObject({ status: 504, body: { code: 'orchestrator_timeout' } });
  });

  it('says 500 where a secret is missing, and names it in the log only', async () => {
    await project.deploy(NAME, { ORCHESTRATOR_URL: '' }, 'unset');
    const { status, body } = await ask('unset');
    expect([status, body.code]).toEqual([500, 'internal_error']);
    expect(JSON.stringify(body)).not.toContain('ORCHESTRATOR_URL');
    await eventually(() => expect(project.logs).toContain('npx supabase secrets set ORCHESTRATOR_URL'));
  });
});

describe('the script of the document, at the URL and with the key of the project', () => {
  it.each([
    [['list'], /8 models|Claude Sonnet 4\.6/],
    [['use-case', 'clinical'], /Claude Sonnet 4\.6/],
    [['validate', HAIKU], /is valid/],
    [['switch', HAIKU, 'Cost reduction'], /Using: Claude Haiku 4\.5/],
    [['auto-switch', 'clinical'], /clinical/],
    [['clear-cache'], /cache/i],
  ])('runs %j', async (args, shown) => {
    const script = join(checkout, 'scripts', 'orchestrate-bedrock.sh');
    const env = { PATH: process.env.PATH, SUPABASE_URL: project.url, SUPABASE_SERVICE_KEY: serviceRoleKey };
    const { stdout } = await promisify(execFile)(script, args, { env });
    expect(stdout).toMatch(shown);
  });
});
