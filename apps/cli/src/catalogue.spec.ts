import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FakeApiServer, status } from './testing/fake-api-server.js';

const service = new FakeApiServer();
beforeAll(() => service.start());
afterAll(() => service.stop());

const NOVA = {
  id: 'eu.amazon.nova-pro-v1:0',
  name: 'Amazon Nova Pro',
  provider: 'amazon',
  useCase: 'operations',
  maxTokens: 4000,
  tier: 50,
  lifecycle: { status: 'ACTIVE', endOfLifeAt: null },
  inputPricePer1k: '0.000960000',
  outputPricePer1k: null,
  available: true,
  validationStatus: 'passed',
  extra: 'kept',
};
const ENDED = { ...NOVA, id: 'old', available: false, validationStatus: 'failed' };
const USE_CASE = {
  name: 'triage',
  objective: 'cost',
  activeModelId: 'a',
  candidates: ['a', 'b'],
  version: 3,
};
const ASSISTANT = { id: 'bot', name: 'Triage bot', useCase: 'triage' };

async function sent(args: string[], answer: object, code = 200) {
  service.reply(status(code, answer));
  const { exitCode, err } = await service.run(args);
  expect({ exitCode, err }).toEqual({ exitCode: 0, err: '' });
  const { method, path, body } = service.received[0]!;
  return { method, path, body };
}
async function shown(args: string[], answer: object, terminal = {}) {
  service.reply(status(200, answer));
  return (await service.run(args, terminal)).out;
}

describe('models list', () => {
  const both = { items: [NOVA, ENDED], nextCursor: null };

  it('asks without a limit, as the list is whole, and shows what is available', async () => {
    expect(await sent(['models', 'list'], both)).toEqual({
      method: 'GET',
      path: '/v1/models',
      body: undefined,
    });
    const out = await shown(['models', 'list'], both);
    expect(out).toContain('1 available model, prices');
    expect(out).not.toMatch(/^old/m);
    expect(JSON.parse(await shown(['models', 'list', '--json'], both)).items).toEqual([NOVA]);
  });

  it('shows with --all the others too, and what is with them', async () => {
    const out = await shown(['models', 'list', '--all'], both);
    expect(out).toContain('2 models, prices');
    expect(out).toMatch(/^eu\.amazon\.nova-pro-v1:0 .* 0\.00096 +unknown +ACTIVE +available$/m);
    expect(out).toMatch(/^old .* not available$/m);
    const narrow = await shown(['models', 'list', '--all'], both, { columns: 80 });
    expect(Math.max(...narrow.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
  });

  it('has a sentence for nothing', async () => {
    expect(await shown(['models', 'list'], { items: [ENDED], nextCursor: null })).toBe(
      'No model is available. See them all: orchestrate-bedrock models list --all\n',
    );
  });
});

const EVERY_MODEL_FIELD =
  '--name Nova --provider amazon --foundation-model f --invoke-with inference_profile --use-case health --max-tokens 4000 --context-window 300000 --tier 0 --destinations eu-west-1,eu-west-3 --successor s --input-price 0.00096 --output-price 1 --available no'.split(
    ' ',
  );
const EVERY_USE_CASE_FIELD =
  '--objective cost --candidates a,b --input-tokens 1 --output-tokens 2 --exchanges 3 --exchanges-30-days 4 --allowed-regions eu-central-1 --guardrail gr12:3 --on-failure alert --on-recovery auto'.split(
    ' ',
  );
const model = {
  name: 'Nova',
  provider: 'amazon',
  foundationModelId: 'f',
  invokeWith: 'inference_profile',
  useCase: 'health',
  maxTokens: 4000,
  contextWindow: 300_000,
  tier: 0,
  destinationRegions: ['eu-west-1', 'eu-west-3'],
  successorId: 's',
  inputPricePer1k: '0.00096',
  outputPricePer1k: '1',
  available: false,
};

it.each<[args: string[], request: string, body: object, answer: object]>([
  [['models', 'add', 'm', ...EVERY_MODEL_FIELD], 'POST /v1/models', { id: 'm', ...model }, NOVA],
  [['models', 'edit', 'a/b', ...EVERY_MODEL_FIELD], 'PATCH /v1/models/a%2Fb', model, NOVA],
  [
    ['models', 'edit', 'm', '--input-price', 'none', '--successor', 'none', '--available', 'yes'],
    'PATCH /v1/models/m',
    { inputPricePer1k: null, successorId: null, available: true },
    NOVA,
  ],
  [['models', 'retire', 'm'], 'POST /v1/models/m/retire', {}, ENDED],
  [['models', 'retire', 'm', '--successor', 's'], 'POST /v1/models/m/retire', { successorId: 's' }, ENDED],
  [
    ['use-cases', 'edit', 'my case', ...EVERY_USE_CASE_FIELD],
    'PUT /v1/use-cases/my%20case',
    {
      objective: 'cost',
      candidates: ['a', 'b'],
      inputTokensPerExchange: 1,
      outputTokensPerExchange: 2,
      exchangesPerConversation: 3,
      exchangesPer30Days: 4,
      allowedRegions: ['eu-central-1'],
      guardrail: { id: 'gr12', version: '3', required: true },
      onModelFailure: 'alert',
      onModelRecovery: 'auto',
    },
    USE_CASE,
  ],
  [
    ['use-cases', 'edit', 'u', '--allowed-regions', 'none', '--guardrail', 'none'],
    'PUT /v1/use-cases/u',
    { allowedRegions: null, guardrail: null },
    USE_CASE,
  ],
  [
    ['assistants', 'edit', 'bot', '--name', 'Triage bot', '--use-case', 'triage'],
    'PUT /v1/assistants/bot',
    { name: 'Triage bot', useCase: 'triage' },
    ASSISTANT,
  ],
])('sends %j', async (args, request, body, answer) => {
  const [method, path] = request.split(' ');
  expect(await sent(args, answer)).toEqual({ method, path, body });
});

it('shows a model that was added with the command that approves it', async () => {
  const out = await shown(
    [
      'models',
      'add',
      'old',
      '--name',
      'x',
      '--provider',
      'y',
      '--foundation-model',
      'z',
      '--invoke-with',
      'none',
    ],
    ENDED,
  );
  expect(out).toContain('✅ Model old added.\n');
  expect(out).toMatch(/\$\/1K out: +unknown\n/);
  expect(out).toMatch(/Approve it: +orchestrate-bedrock models edit old --available yes\n/);
  expect(await shown(['models', 'retire', 'old'], ENDED)).not.toContain('Approve it');
});

it('does not add a model twice, and says what there is', async () => {
  service.reply(status(409, { error: 'Model m is already in the catalogue: edit it instead' }));
  const args = ['models', 'add', 'm', '--name', 'x', '--provider', 'y', '--foundation-model', 'z'];
  const { exitCode, err } = await service.run([...args, '--invoke-with', 'none']);
  expect(exitCode).toBe(1);
  expect(err).toContain('edit it instead');
});

it('lists use cases and assistants', async () => {
  const useCases = await shown(['use-cases', 'list'], { items: [USE_CASE], nextCursor: null });
  expect(useCases).toMatch(/^triage +cost +a +2 +3$/m);
  const assistants = await shown(['assistants', 'list'], { items: [ASSISTANT], nextCursor: null });
  expect(assistants).toMatch(/^bot +Triage bot +triage$/m);
  const none = { items: [], nextCursor: null };
  expect(await shown(['use-cases', 'list'], none)).toContain('use-cases edit <name> --candidates');
  expect(await shown(['assistants', 'list'], none)).toContain('assistants edit <id>');
});

it('shows what was saved', async () => {
  expect(await shown(['use-cases', 'edit', 'triage', '--objective', 'cost'], USE_CASE)).toBe(
    '✅ Use case triage saved.\n   Objective:    cost\n   Active model: a\n   Candidates:   a, b\n',
  );
  const moved = ['assistants', 'edit', 'bot', '--name', 'Triage bot', '--use-case', 'triage'];
  expect(await shown(moved, ASSISTANT)).toContain('✅ Assistant bot saved.\n');
});

it.each([
  [['models', 'edit', 'm'], /Name at least one of --name, .*--available/],
  [['use-cases', 'edit', 'u'], /Name at least one of --objective/],
  [['models', 'add', 'm', '--name', 'x'], /'--provider <name>' not specified\n.*models add --help/],
  [['models', 'edit', 'm', '--available', 'maybe'], /Allowed choices are yes, no/],
  [['models', 'edit', 'm', '--max-tokens', '4k'], /It must be a whole number/],
  [['models', 'edit', 'm', '--input-price', '-1'], /It must be USD/],
  [['models', 'edit', 'm', '--invoke-with', 'luck'], /inference_profile, foundation_model/],
  [['models', 'edit', 'm', '--destinations', 'a,,b'], /a list such as a,b,c/],
  [['use-cases', 'edit', 'u', '--on-failure', 'panic'], /Allowed choices are switch, alert/],
  [['assistants', 'edit', 'bot', '--name', 'x'], /'--use-case <name>' not specified/],
  [['models'], /Usage: orchestrate-bedrock models/],
])('wrong usage: %j', async (args, message) => {
  service.reply();
  const { exitCode, out, err } = await service.run(args);
  expect({ exitCode, out }).toEqual({ exitCode: 2, out: '' });
  expect(err).toMatch(message);
  expect(service.received).toEqual([]);
});

it('has help with examples that can be pasted', async () => {
  const { out } = await service.run(['models', 'edit', '--help']);
  expect(out).toContain('orchestrate-bedrock models edit eu.amazon.nova-pro-v1:0 --available yes');
  expect((await service.run(['changes', '--help'])).out).toMatch(/\n {2}orchestrate-bedrock changes\n/);
});

it('states what a model takes', async () => {
  service.reply(status(200, { id: 'eu.a', name: 'A' }));
  const { exitCode } = await service.run([
    'models',
    'edit',
    'eu.a',
    '--capabilities',
    'guardrail=yes,topP=no,temperature=unknown',
  ]);
  expect(exitCode).toBe(0);
  expect(service.received[0]!.body).toEqual({
    capabilities: { guardrail: true, topP: false, temperature: null },
  });
  expect(
    (await service.run(['models', 'edit', 'eu.a', '--capabilities', 'guardrail=perhaps'])).exitCode,
  ).toBe(2);
});

it('sends prices by dimension as the JSON that was given, and none as no such price', async () => {
  const priceDimensions = { serviceTiers: { flex: { inputPer1k: '0.0002' } } };
  const edit = (given: string) => service.run(['models', 'edit', 'eu.a', '--price-dimensions', given]);
  service.reply(status(200, { ...NOVA, priceDimensions }), status(200, { ...NOVA, priceDimensions: {} }));
  const { out } = await edit(JSON.stringify(priceDimensions));
  expect(out).toContain('{"serviceTiers":{"flex":{"inputPer1k":"0.0002"}}}');
  expect((await edit('none')).out).not.toContain('Other prices');
  expect(service.received.map(({ body }) => body)).toEqual([{ priceDimensions }, { priceDimensions: {} }]);
  for (const given of ['flex', '[]', 'null', '"0.1"']) expect((await edit(given)).exitCode).toBe(2);
});
