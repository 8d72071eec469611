import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkout } from '../../scripts/embedded/checkout.js';
import { startBuiltSystem } from '../support/built-system.js';
import { type Ended, runCommandLine } from '../support/cli-run.js';
import { eventually } from '../support/eventually.js';
import { BUILT, type BuiltApi } from '../support/processes.js';
import { stablePort } from '../support/stable-port.js';
import { SERVICE_KEY, type TestEnvironment } from '../support/test-env.js';

const SCRIPT = join(checkout, 'scripts', 'orchestrate-bedrock.sh');
const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
const LEGACY = 'anthropic.claude-3-5-sonnet-20241022-v2:0';
const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';

let api: BuiltApi;
let environment: TestEnvironment;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ api, environment, close } = await startBuiltSystem());
  // The script builds a program whose sources have changed, and says so.
  await script('--version');
});
afterAll(() => close());

type Environment = Record<string, string>;
const environmentOf = (env: Environment) => ({
  SUPABASE_URL: api.url,
  SUPABASE_SERVICE_KEY: SERVICE_KEY,
  XDG_CONFIG_HOME: '/nowhere',
  ...env,
});

function run(file: string, args: string[], env: Environment = {}): Promise<Ended> {
  const given = { PATH: process.env.PATH, ...environmentOf(env) };
  return new Promise((resolve) => {
    execFile(file, args, { env: given }, (error, stdout, stderr) => {
      resolve({ exitCode: error ? Number(error.code ?? -1) : 0, stdout, stderr });
    });
  });
}
const script = (...args: string[]) => run(SCRIPT, args);
const program = (args: readonly string[], env?: Environment) =>
  run(process.execPath, [BUILT.cli, ...args], env);

/** The same in this process, which spares the start of another. */
const cli = (args: string[], env: Environment = {}): Promise<Ended> =>
  runCommandLine(args, environmentOf(env));

const auditRowsOf = async (useCase: string) =>
  (
    await environment.app.query(
      'SELECT new_model_id, reason, actor FROM bedrock_model_switches WHERE use_case = $1 ORDER BY seq',
      [useCase],
    )
  ).rows;

describe('the commands of the source document', () => {
  it.each([
    ['list', [], ['8 available models', NOVA_LITE, 'Claude Sonnet 4.6']],
    ['use-case', ['clinical'], ['clinical: 3 candidates', 'eu.anthropic.claude-opus-4-7']],
    ['use-case', ['health'], ['health: 3 candidates', NOVA_LITE]],
    ['use-case', ['operations'], ['operations: 3 candidates', 'eu.amazon.nova-pro-v1:0']],
    ['use-case', ['platform'], ['platform: 2 candidates', 'eu.amazon.nova-micro-v1:0']],
    ['validate', ['eu.amazon.nova-pro-v1:0'], ['✅ eu.amazon.nova-pro-v1:0 is valid']],
    ['clear-cache', [], ['✅ Cache cleared']],
  ])('%s %j answers from the running service', async (command, args, expected) => {
    const { exitCode, stdout, stderr } = await cli([command, ...args]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    for (const words of expected) expect(stdout).toContain(words);
  });

  it('switch changes 10,000 followers in one step, with one audit row', async () => {
    await environment.owner.query(
      `INSERT INTO ai_conversations (id, user_id, use_case)
         SELECT 'follower-' || n, 'user-' || n, 'health' FROM generate_series(1, 10000) n`,
    );
    await environment.owner.query(
      `INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq)
         SELECT id, use_case, 0 FROM ai_conversations WHERE id LIKE 'follower-%'`,
    );
    const sample = ['follower-1', 'follower-5000', 'follower-10000', 'conv-200'];
    const modelsOfSample = () =>
      Promise.all(sample.map(async (id) => (await api.get(`/v1/conversations/${id}/model`)).body.model.id));
    const away = await cli(['switch', 'eu.amazon.nova-2-lite-v1:0']);
    expect(away).toMatchObject({ exitCode: 0, stderr: '' });
    expect(await modelsOfSample()).toEqual(sample.map(() => 'eu.amazon.nova-2-lite-v1:0'));

    const { exitCode, stdout, stderr } = await script('switch', NOVA_LITE, 'Cost optimization');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('✅ Switching AI Model\n   Using: Amazon Nova Lite');
    expect(await modelsOfSample()).toEqual(sample.map(() => NOVA_LITE));
    await eventually(async () =>
      expect(await auditRowsOf('health')).toEqual([
        { new_model_id: 'eu.amazon.nova-2-lite-v1:0', reason: null, actor: 'service:bootstrap' },
        { new_model_id: NOVA_LITE, reason: 'Cost optimization', actor: 'service:bootstrap' },
      ]),
    );
  });

  it('auto-switch brings the use case back to its best model', async () => {
    await cli(['switch', HAIKU, 'to have something to come back from']);
    const { exitCode, stdout, stderr } = await script('auto-switch', 'clinical');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('✅ Auto-Switching AI Model\n   Using: Claude Sonnet 4.6');
    const again = await cli(['auto-switch', 'clinical']);
    expect(again).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('Nothing changed') });
    await eventually(async () => expect(await auditRowsOf('clinical')).toHaveLength(2));
  });
});

describe('looking after the catalogue', () => {
  const done = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await cli(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout;
  };
  const LLAMA = 'eu.example.llama-v1:0';
  const words = (text: string) => text.split(' ');

  it('adds a model, prices and approves it, retires it, and lists the changes', async () => {
    const added = words(`models add ${LLAMA} --name Llama --provider example`);
    const how = words('--foundation-model example.llama-v1:0 --invoke-with inference_profile');
    expect(await done(...added, ...how)).toContain(`models edit ${LLAMA} --available yes`);
    expect(await done('models', 'list')).not.toContain(LLAMA);
    expect(await done('models', 'list', '--all')).toContain(LLAMA);
    await done(...words(`models edit ${LLAMA} --use-case health --max-tokens 4000 --tier 5`));
    await done(...words(`models edit ${LLAMA} --input-price 0.1 --output-price 0.2 --available yes`));
    expect(await done('validate', LLAMA)).toContain('is valid');
    await done('models', 'retire', LLAMA, '--successor', NOVA_LITE);
    const refused = await cli(['validate', LLAMA]);
    expect(refused).toMatchObject({ exitCode: 1, stdout: expect.stringContaining(NOVA_LITE) });

    const changes = await done('changes', '--entity', 'model', '--id', LLAMA);
    expect(changes).toContain(`successor_model_id: none → ${NOVA_LITE}`);
    expect(changes).toContain('is_available: false → true');
    expect(changes).toMatch(/service:bootstrap {2}model eu\.example\.llama-v1:0\n {3}added\n/);
  });

  it('makes a use case and an assistant, and lists the switches', async () => {
    await done('use-cases', 'edit', 'triage', '--candidates', `${HAIKU},${NOVA_LITE}`);
    await done(...words('assistants edit helper --name Helper --use-case triage'));
    expect(await done('use-cases', 'list')).toMatch(new RegExp(`^triage +quality +${HAIKU}`, 'm'));
    expect(await done('assistants', 'list')).toMatch(/^helper +Helper +triage$/m);
    await done('switch', NOVA_LITE, 'Night shift', '--use-case', 'triage');
    const found = await done('switches', '--use-case', 'triage', '--from', '1h');
    expect(found).toMatch(
      new RegExp(`use case triage +manual +${HAIKU} → ${NOVA_LITE} .* Night shift `, 'm'),
    );
    expect(await done('switches', '--use-case', 'triage', '--to', '2020-01-01')).toContain('No switches');
  });

  it('answers a chat, and shows immediately what it used and cost', async () => {
    await done('chat', '--use-case', 'triage', '--message', 'Hello');
    const usage = await done('usage', '--use-case', 'triage', '--group-by', 'hour');
    expect(usage).toMatch(/^\d{4}-\d\d-\d\d \d\d:00 UTC +1 +0 +0 +0 +[1-9]/m);
    expect(await done('costs')).toMatch(new RegExp(`^${NOVA_LITE} +1 +0\\.0\\d+ +0$`, 'm'));
    const { totals } = JSON.parse(await done('costs', '--use-case', 'triage', '--json'));
    expect(totals).toEqual({ calls: 1, costUsd: expect.stringMatching(/^0\.0/), unknownCostCalls: 0 });
  });

  it('asks Bedrock, and shows its answer and the models that end', async () => {
    expect(await done('validate', NOVA_LITE, '--deep')).toContain('is valid');
    expect(await done('validations', '--model', NOVA_LITE)).toMatch(/ passed /);
    const { items } = JSON.parse(await done('lifecycle', '--json'));
    const shown = await done('lifecycle');
    for (const { modelId } of items) expect(shown).toContain(modelId);
  });

  it('says what is wrong with an edit', async () => {
    const refused = await cli(['use-cases', 'edit', 'triage', '--candidates', 'no-such-model']);
    expect(refused).toMatchObject({ exitCode: 1, stdout: '' });
    expect(refused.stderr).toContain('candidates: unknown: no-such-model');
  });
});

it('keeps the scope of a service key from its making to its end', async () => {
  const created = await cli(['keys', 'create', 'reporting', '--scope', 'read', '--json']);
  expect(created).toMatchObject({ exitCode: 0, stderr: '' });
  const { id, key } = JSON.parse(created.stdout);
  const asReporting = { SUPABASE_SERVICE_KEY: key };
  expect(await cli(['list'], asReporting)).toMatchObject({ exitCode: 0 });
  const refused = await cli(['switch', NOVA_LITE], asReporting);
  expect(refused).toMatchObject({ exitCode: 1, stdout: '' });

  const listed = await cli(['keys', 'list']);
  expect(listed.stdout).toMatch(new RegExp(`${id}.*reporting.*read.*active`));
  expect(listed.stdout).not.toContain(key);

  const revoked = await cli(['keys', 'revoke', id]);
  expect(revoked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('is revoked') });
  await eventually(async () => expect((await api.get('/v1/models', { token: key })).status).toBe(401));
  const afterwards = await cli(['list'], asReporting);
  expect(afterwards).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('SUPABASE_SERVICE_KEY') });
});

it('writes with --json what the service answered, and nothing else', async () => {
  const { exitCode, stdout, stderr } = await cli(['--json', 'list']);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(stdout.trim()).toBe((await api.act({ action: 'list-all' })).text);
  const refused = await cli(['switch', 'no-such-model', '--json']);
  expect(refused.exitCode).toBe(1);
  expect(JSON.parse(refused.stdout)).toMatchObject({ success: false, code: 'model_not_found' });
});

const WRONG_KEY = { SUPABASE_SERVICE_KEY: 'a-key-that-nobody-has-ever-made-000000' };
it.each([
  { when: 'a model that ended is validated', code: 1, args: ['validate', LEGACY] },
  { when: 'a model does not exist', code: 1, args: ['switch', 'no-such-model'], start: program },
  { when: 'the key is wrong', code: 1, args: ['list'], env: WRONG_KEY },
  { when: 'the key is missing', code: 2, args: ['list'], env: { SUPABASE_SERVICE_KEY: '' }, start: program },
  { when: 'the command is unknown', code: 2, args: ['lsit'] },
  { when: 'an argument is missing', code: 2, args: ['validate'] },
])('ends with the documented code when $when ($code)', async ({ code, args, env, start = cli }) => {
  const ended = await start(args, env);
  expect(ended.exitCode).toBe(code);
  expect(ended.stdout + ended.stderr).not.toBe('');
});

it('ends with 3 when nobody answers at SUPABASE_URL, and says where it looked', async () => {
  const url = `http://127.0.0.1:${await stablePort()}`;
  const ended = await program(['list'], { SUPABASE_URL: url });
  expect(ended).toMatchObject({
    exitCode: 3,
    stdout: '',
    stderr: expect.stringContaining(`Cannot reach ${url}`),
  });
});

describe('nouns and verbs', () => {
  const shown = async (...args: string[]) => {
    const { exitCode, stdout, stderr } = await cli(args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    return stdout;
  };

  it('show a model, a use case and a conversation with the reason for its model', async () => {
    expect(await shown('models', 'show', NOVA_LITE)).toMatch(/Used by: .*use case health/);
    expect(await shown('use-cases', 'show', 'operations')).toMatch(
      /^1 +eu\.amazon\.nova-pro-v1:0 .* active /m,
    );
    expect(await shown('conversations', 'show', 'conv-200')).toMatch(/Model: +eu\./);
    expect(await shown('conversations', 'list', '--limit', '1', '-q')).toMatch(/^\S+\n/);
    expect(await shown('whoami')).toMatch(/^service:bootstrap\n/);
  });

  it('switch a use case, show the switch, and undo it', async () => {
    const PRO = 'eu.amazon.nova-pro-v1:0';
    const LITE_2 = 'eu.amazon.nova-2-lite-v1:0';
    const id = await shown('use-cases', 'switch', 'operations', LITE_2, '--reason', 'Night', '--quiet');
    await eventually(async () =>
      expect(await shown('switches', 'show', id.trim())).toMatch(/Reason: +Night\n/),
    );
    expect(await shown('switches', 'undo', id.trim(), '--dry-run')).toContain(
      `from ${LITE_2} back to ${PRO}`,
    );
    await shown('switches', 'undo', id.trim(), '--reason', 'Morning');
    expect(await shown('switches', '--reason', 'morn', '-o', 'csv')).toContain(`${LITE_2} → ${PRO}`);
    const again = await cli(['switches', 'undo', id.trim()]);
    expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('service:bootstrap') });
  });

  it('list calls with their attempts, and the state of the service', async () => {
    await shown('chat', '--use-case', 'health', '--message', 'Hello');
    const [requestId] = (await shown('calls', 'list', '--use-case', 'health', '-q')).split('\n');
    expect(await shown('calls', 'show', requestId!)).toMatch(/1\. eu\.\S+ answered after \d+ ms/);
    expect((await cli(['status'])).stdout).toMatch(/^health +eu\./m);
    expect(await shown('breakers', 'list')).toBe('No breaker is open.\n');
  });

  it('complete from the running service, also by the script', async () => {
    const { stdout } = await script('__complete', '--', 'models', 'show', 'eu.amazon.nova-l');
    expect(stdout).toBe(`${NOVA_LITE}\n`);
  });
});
