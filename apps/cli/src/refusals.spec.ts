import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ChangeRequiredError } from '#libs/change-control/change-control.errors.js';
import { FakeApiServer, page, SERVICE_KEY, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const NOTHING_TO_SAY = { exitCode: 2, out: '' };

describe('refused by the service (1)', () => {
  async function refused(args: string[], code: number, problem: object, headers = {}) {
    service.reply(status(code, { success: false, ...problem }, headers));
    const result = await service.run(args);
    expect(result).toMatchObject({ exitCode: 1, out: '' });
    return result.err;
  }

  it('names the successor and the very command to run instead', async () => {
    const err = await refused(['switch', 'old', "it's cheaper", '--user', 'u'], 409, {
      code: 'model_not_selectable',
      error: 'Model not found: old is switched off.',
      detail: 'Choose another.',
      reasons: [{ code: 'not_available', detail: 'An operator switched it off.' }],
      successor: 'eu.amazon.nova-lite-v1:0',
      requestId: 'req-1',
    });
    expect(err).toContain('❌ Model not found: old is switched off.\n   - Choose another.\n');
    expect(err).toContain('   - An operator switched it off.\n');
    expect(err).toContain(
      "orchestrate-bedrock switch eu.amazon.nova-lite-v1:0 'it'\\''s cheaper' --user u\n",
    );
    expect(err).toMatch(/Request id: +req-1\n$/);
  });

  it.each([
    [['switch', 'new', 'As good'], "orchestrate-bedrock switch new 'As good' --propose"],
    [
      ['use-cases', 'switch', 'clinical', 'new'],
      'orchestrate-bedrock use-cases switch clinical new --propose',
    ],
    [['models', 'retire', 'old', '--yes'], 'orchestrate-bedrock change-requests propose'],
  ])('says how %j is proposed in a reviewed use case', async (args, command) => {
    const { message, code } = new ChangeRequiredError(['clinical'], 'a switch');
    const err = await refused(args, 409, { code, error: message, detail: message });
    expect(err).toContain('❌ clinical is reviewed: a switch needs an approved change.\n');
    expect(err).toContain(`What to do: propose it: ${command}\n`);
    expect(err).not.toContain('propose:true');
  });

  it('names each field that is wrong', async () => {
    const err = await refused(['switch', 'm'], 400, {
      error: 'The request is not valid.',
      errors: [
        { field: 'modelId', message: 'is too long' },
        { field: 'userId', message: 'is unknown' },
      ],
    });
    expect(err).toContain('   - modelId: is too long\n   - userId: is unknown');
  });

  it('does not repeat a field of the sentence, and shows the reasons against each candidate', async () => {
    const err = await refused(['auto-switch', 'health'], 503, {
      error: 'The request is not valid: useCase: is unknown',
      errors: [{ field: 'useCase', message: 'is unknown' }],
      candidates: [{ modelId: 'a', reasons: [{ code: 'x', detail: 'It cools down' }, { code: 'no_price' }] }],
    });
    expect(err.split('is unknown')).toHaveLength(2);
    expect(err).toContain('   - a: It cools down; no_price\n');
  });

  it.each([
    [401, {}, /check SUPABASE_SERVICE_KEY/],
    [403, {}, /a key that has the scope/],
    [404, { code: 'model_not_found' }, /orchestrate-bedrock list/],
    [429, {}, /try again in 7 s/],
    [503, {}, /try again in 7 s/],
  ])('says what to do about %i', async (code, problem, advice) => {
    const err = await refused(['list'], code, { error: 'No.', ...problem }, { 'retry-after': '7' });
    expect(err).toMatch(/^❌ No\.\n/);
    expect(err).toMatch(advice);
  });

  it('takes success:false for a refusal, whatever the status', async () => {
    expect(await refused(['list'], 200, { error: 'Old servers do this.' })).toContain(
      '❌ Old servers do this.',
    );
  });

  it('has a sentence where the answer has none', async () => {
    expect(await refused(['list'], 500, {})).toBe('❌ The service answered 500.\n');
  });

  it('does not print the page of a proxy, and names a redirect', async () => {
    service.reply(page(502, '<h1>Bad gateway</h1>'));
    const proxy = await service.run(['list'], {});
    expect(proxy).toMatchObject({ exitCode: 1, out: '' });
    expect(proxy.err).toContain('answered 502 without JSON');
    expect(proxy.err).not.toContain('<h1>');
    service.reply(page(308, '', { location: 'https://elsewhere.example/' }));
    expect((await service.run(['list'])).err).toContain(
      'answered 308 with a redirect to https://elsewhere.example/',
    );
    expect(service.received).toHaveLength(1);
  });

  it('says so when the answer is JSON of something else', async () => {
    service.reply(status(200, { hello: 'world' }));
    const other = await service.run(['list']);
    expect(other).toMatchObject({ exitCode: 1, out: '' });
    expect(other.err).toContain('Does SUPABASE_URL name the orchestrator');
  });
});

describe('--json', () => {
  const models = { success: true, data: { models: [], more: 1.5 } };
  const verdict = { success: true, data: { valid: false, extra: [1] } };
  const problem = { success: false, code: 'x', error: 'No.' };

  it.each([
    { args: ['list', '--json'], code: 200, body: models, exitCode: 0 },
    { args: ['--json', 'list'], code: 200, body: models, exitCode: 0 },
    { args: ['validate', 'm', '--json'], code: 200, body: verdict, exitCode: 1 },
    { args: ['switch', 'm', '--json'], code: 409, body: problem, exitCode: 1 },
  ])('writes nothing but the body: $args, $code', async ({ args, code, body, exitCode }) => {
    service.reply(status(code, body));
    const result = await service.run(args, { columns: 80, colour: true });
    expect(result).toEqual({ exitCode, out: `${JSON.stringify(body)}\n`, err: '' });
  });

  it('keeps stdout empty where there is no body', async () => {
    service.reply(page(502, 'down'));
    expect(await service.run(['list', '--json'])).toMatchObject({ exitCode: 1, out: '' });
  });
});

describe('wrong usage (2)', () => {
  it.each([
    [['lst'], /unknown command 'lst'\n\(Did you mean list\?\)\n.*orchestrate-bedrock --help/],
    [['list', '--nope'], /unknown option '--nope'/],
    [['switch'], /missing required argument 'modelId'\n.*orchestrate-bedrock switch --help/],
    [['switch', 'm', 'cost', 'optimization'], /too many arguments/],
    [['validate', ' '], /must not be empty/],
    [['keys', 'create', 'ci'], /'--scope <scopes\.\.\.>' not specified\n.*keys create --help/],
    [['keys', 'create', 'ci', '--scope', 'root'], /Allowed choices are read, switch, act-as/],
    [['keys', 'create', 'ci', '--scope', 'read', '--expires', '2025-01-01'], /a date ahead/],
    [[], /Usage: orchestrate-bedrock/],
    [['keys'], /Usage: orchestrate-bedrock keys/],
  ])('%j', async (args, message) => {
    service.reply();
    const result = await service.run(args);
    expect(result).toMatchObject(NOTHING_TO_SAY);
    expect(result.err).toMatch(message);
    expect(service.received).toEqual([]);
  });

  it('asks for the key, and says where it comes from', async () => {
    const result = await service.run(['list'], { env: { SUPABASE_SERVICE_KEY: ' ' } });
    expect(result).toMatchObject(NOTHING_TO_SAY);
    expect(result.err).toContain('export SUPABASE_SERVICE_KEY=');
    expect(result.err).toContain('npm start');
  });

  it.each(['nonsense', 'ftp://host', 'http://me:secret-word@host'])(
    'refuses SUPABASE_URL=%s',
    async (url) => {
      const result = await service.run(['list'], { env: { SUPABASE_URL: url } });
      expect(result).toMatchObject(NOTHING_TO_SAY);
      expect(result.err).toContain('SUPABASE_URL must be');
      expect(result.err).not.toContain('secret-word');
    },
  );

  it('needs no key for help and version, and shows the name it was called by', async () => {
    const env = { SUPABASE_SERVICE_KEY: undefined, ORCHESTRATE_BEDROCK_NAME: './orchestrate-bedrock.sh' };
    expect(await service.run(['--version'], { env })).toEqual({ exitCode: 0, out: '9.8.7\n', err: '' });
    const help = await service.run(['switch', '--help'], { env });
    expect(help).toMatchObject({ exitCode: 0, err: '' });
    expect(help.out).toContain(
      './orchestrate-bedrock.sh switch eu.amazon.nova-lite-v1:0 "Cost optimization"',
    );
  });
});

it('not reachable (3): says where it looked and what to do', async () => {
  const closed = createServer();
  await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(closed.address() as AddressInfo).port}`;
  await new Promise((resolve) => closed.close(resolve));
  const result = await service.run(['switch', 'm'], { env: { SUPABASE_URL: url } });
  expect(result).toMatchObject({ exitCode: 3, out: '' });
  expect(result.err).toContain(`Cannot reach ${url} (connection refused).`);
  expect(result.err).toContain('npm start');
  expect(result.err).toContain('export SUPABASE_URL=');
  expect(result.err).not.toContain('may have arrived');
});

describe('the service key', () => {
  it('is not shown even when the other side sends it back', async () => {
    const echo = { success: false, error: `Bad token ${SERVICE_KEY}` };
    for (const args of [['list'], ['list', '--json']]) {
      service.reply(status(401, echo));
      const { out, err } = await service.run(args);
      expect(out + err).toContain('Bad token [SUPABASE_SERVICE_KEY]');
      expect(out + err).not.toContain(SERVICE_KEY);
    }
  });

  it('is not shown when it cannot be sent', async () => {
    const result = await service.run(['list'], { env: { SUPABASE_SERVICE_KEY: `${SERVICE_KEY}\nsecond` } });
    expect(result).toMatchObject(NOTHING_TO_SAY);
    expect(result.err).toContain('SUPABASE_SERVICE_KEY holds');
    expect(result.err).not.toContain(SERVICE_KEY);
  });
});
