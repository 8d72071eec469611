import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import {
  CatalogueEditing,
  HAIKU,
  NEW,
  NOVA_LITE,
  NOVA_MICRO,
  NOVA_PRO,
  newcomer,
} from '../support/catalogue-editing.js';
import type { Answer } from '../support/test-system.js';

const YAML = { 'content-type': 'application/yaml' };
const CONTRACT = { inputPricePer1k: '0.0001', outputPricePer1k: '0.0005' };
const WEBHOOK = { url: 'https://push.example.com/switches', feed: 'operators' };

let staging: CatalogueEditing;
let production: CatalogueEditing;
beforeAll(async () => {
  [staging, production] = await Promise.all([CatalogueEditing.start(), CatalogueEditing.start()]);
});
afterAll(() => Promise.all([staging?.close(), production?.close()]));

const exported = async ({ system }: CatalogueEditing, token?: string) =>
  (await system.get('/v1/config', token ? { token } : {})).text;
const send = ({ system }: CatalogueEditing, path: string, file: string | object, token?: string) =>
  system.call('POST', `/v1/config/${path}`, typeof file === 'string' ? file : stringify(file), {
    headers: YAML,
    ...(token && { token }),
  });
const diff = (install: CatalogueEditing, file: string | object) => send(install, 'diff', file);
const apply = (install: CatalogueEditing, file: string | object, query = '') =>
  send(install, `apply${query && `?${query}`}`, file);
const file = (sections: object) => ({ version: 1, ...sections });
const errorsOf = ({ body }: Answer) => body.errors;

/** Everything that reads say of settings, without counters, the present time and ids that are drawn. */
async function reads({ system }: CatalogueEditing) {
  const list = async (path: string) => (await system.get(path)).body.items;
  const useCases = await list('/v1/use-cases');
  const candidates = await Promise.all(
    useCases.map(async ({ name }: { name: string }) => {
      const { body } = await system.act({ action: 'get-for-use-case', useCase: name });
      return [name, body.data.models];
    }),
  );
  return {
    models: await list('/v1/models'),
    listed: (await system.act({ action: 'list-all' })).body.data.models,
    candidates,
    useCases: useCases.map(({ version: _, ...useCase }: { version: number }) => useCase),
    assistants: await list('/v1/assistants'),
    budgets: (await list('/v1/budgets'))
      .filter(({ userId }: { userId: string | null }) => userId === null)
      .map(({ useCase, period, limitUsd }: Record<string, string>) => ({ useCase, period, limitUsd })),
    lifecycle: (await list('/v1/lifecycle')).map((each: { outlook: object }) => ({
      ...each,
      outlook: { ...each.outlook, endsNotBefore: null },
    })),
    webhooks: (await list('/v1/webhooks')).map(({ owner, feed, url }: Record<string, string>) => ({
      owner,
      feed,
      url,
    })),
  };
}

async function editEverything(install: CatalogueEditing): Promise<void> {
  await install.edit('POST', 'models', { ...newcomer, contextWindow: 8_000, successorId: NOVA_LITE });
  await install.editModel(NOVA_LITE, { capabilities: { guardrail: false, topP: true } });
  await install.editModel(NOVA_MICRO, {
    ...{ tier: 3, inputPricePer1k: '0.00020', outputPricePer1k: '0.0009' },
    priceDimensions: { serviceTiers: { flex: { inputPer1k: '0.00010' } } },
  });
  await install.editUseCase('triage', {
    candidates: [NOVA_LITE, NOVA_MICRO],
    objective: 'cost',
    clients: 'both',
    systemPrompt: 'Answer briefly.\nNever diagnose.\n',
    guardrail: { id: 'abc123', version: '2', required: false },
    allowedRegions: ['eu-central-1', 'eu-west-1', 'eu-west-3', 'eu-north-1', 'eu-south-1', 'eu-south-2'],
  });
  await install.editUseCase('health', { candidates: [NOVA_PRO, HAIKU], onModelFailure: 'alert' });
  await install.edit('PUT', 'assistants/nurse', {
    name: 'Nurse',
    useCase: 'triage',
    systemPrompt: 'Be kind.',
  });
  await install.edit('POST', 'catalogue/prices', {
    source: 'contract-2026',
    prices: [
      { modelId: NOVA_PRO, ...CONTRACT, validFrom: '2099-01-01T00:00:00Z' },
      {
        ...{ modelId: HAIKU, ...CONTRACT, cacheReadPricePer1k: '0.00001' },
        priceDimensions: { longContext: { aboveInputTokens: 200_000, inputPer1k: '0.0002' } },
      },
    ],
    apply: true,
  });
  for (const [query, limitUsd] of [
    ['', '500.00'],
    ['?useCase=triage', '20'],
    ['?userId=user-456', '1'],
  ])
    await install.edit('PUT', `budgets/month${query}`, { limitUsd });
  await install.system.call('POST', '/v1/webhooks', WEBHOOK);
  await install.system.act({ action: 'switch', useCase: 'health', modelId: HAIKU, reason: 'trial' });
}

describe('an export', () => {
  it('is the same byte for byte until a setting changes, and applies without a difference', async () => {
    await editEverything(staging);
    const first = await exported(staging);
    expect(first).toMatch(/^# Settings of Bedrock Model Orchestrator/);
    await staging.system.act({ action: 'clear-cache' });
    expect(await exported(staging)).toBe(first);
    expect((await diff(staging, first)).body).toEqual({ differences: [], warnings: [] });
    expect((await apply(staging, first, 'switchModels=true')).body).toEqual({
      ...{ dryRun: false, applied: [], kept: [], switches: [], change: null, webhooks: [], warnings: [] },
    });
    expect(await exported(staging)).toBe(first);
  });

  it('has no secret, no person, and webhooks only for an administrator', async () => {
    expect(await exported(staging)).not.toContain('user-456');
    expect(parse(await exported(staging)).webhooks).toEqual([
      { owner: 'bootstrap', ...WEBHOOK, url: WEBHOOK.url },
    ]);
    expect(parse(await exported(staging, staging.operator))).not.toHaveProperty('webhooks');
    expect(await exported(staging)).not.toMatch(/whsec_/);
  });
});

describe('a file of one installation, applied to another', () => {
  it('gives the same answers to every read, each change under the name of its author', async () => {
    const text = await exported(staging);
    const preview = await apply(production, text, 'dryRun=true&switchModels=true');
    expect(preview).toMatchObject({ status: 200, body: { dryRun: true, webhooks: [{ secret: null }] } });
    expect(preview.body.switches).toMatchObject([
      { useCase: 'health', toId: HAIKU, followers: expect.any(Number) },
    ]);
    expect(await production.item('use-cases', 'triage')).toBeUndefined();

    const applied = await apply(production, text, 'switchModels=true');
    expect(applied).toMatchObject({ status: 200, body: { dryRun: false, kept: [] } });
    expect(applied.body.applied).toEqual(preview.body.applied);
    expect(applied.body.webhooks).toMatchObject([
      { owner: 'bootstrap', secret: expect.stringMatching(/^whsec_/) },
    ]);
    expect(await reads(production)).toEqual(await reads(staging));
    expect((await diff(production, text)).body.differences).toEqual([]);
    expect((await production.changesOf('use_case', 'triage'))[0]).toMatchObject({
      actor: 'service:bootstrap',
      before: null,
    });
    expect((await production.switchesOf('health'))[0]).toMatchObject({
      newModelId: HAIKU,
      reason: 'Configuration file applied',
      actor: 'service:bootstrap',
    });
  });

  it('changes nothing when it is applied again', async () => {
    const [text, version] = [await exported(staging), (await production.item('use-cases', 'triage')).version];
    expect((await apply(production, text, 'switchModels=true')).body.applied).toEqual([]);
    expect((await production.item('use-cases', 'triage')).version).toBe(version);
    expect(await production.switchesOf('health')).toHaveLength(1);
  });
});

describe('a difference', () => {
  it('says where it is in the file, and who changed the value when', async () => {
    await production.editUseCase('health', { objective: 'latency', candidates: [HAIKU, NOVA_PRO] });
    await production.editUseCase('health', { onModelFailure: 'switch' });
    const text = await exported(staging);
    const { differences } = (await diff(production, text)).body;
    expect(differences).toMatchObject([
      {
        section: 'useCases',
        id: 'health',
        field: 'objective',
        installed: 'latency',
        changedBy: 'service:operator',
      },
      {
        field: 'candidates',
        file: [NOVA_PRO, HAIKU],
        installed: [HAIKU, NOVA_PRO],
        changedBy: 'service:operator',
      },
      { field: 'onModelFailure', file: 'alert', installed: 'switch' },
    ]);
    const [changed] = await production.changesOf('use_case', 'health');
    expect(differences[2].changedAt).toBe(changed.changedAt);
    const lines = text.split('\n');
    expect(lines[differences[0].line - 1]!.slice(differences[0].column - 1)).toMatch(/^\w+$/);
    expect(lines[differences[2].line - 1]).toMatch(/onModelFailure: alert/);
  });

  it('of an active model stays, unless the apply has switchModels', async () => {
    await production.system.act({ action: 'switch', useCase: 'health', modelId: NOVA_PRO });
    const text = await exported(staging);
    const { body } = await apply(production, text);
    expect(body.kept).toMatchObject([
      { id: 'health', field: 'activeModelId', file: HAIKU, installed: NOVA_PRO },
    ]);
    expect(body.switches).toEqual([]);
    expect((await production.item('use-cases', 'health')).activeModelId).toBe(NOVA_PRO);
    const [difference] = (await diff(production, text)).body.differences;
    expect(difference).toMatchObject({ field: 'activeModelId', changedBy: 'service:bootstrap' });
    expect((await apply(production, text, 'switchModels=true')).body.switches).toHaveLength(1);
    expect((await diff(production, text)).body.differences).toEqual([]);
  });

  it('of a setting that the file lacks is shown and kept', async () => {
    await production.edit('PUT', 'assistants/extra', { name: 'Extra', useCase: 'health' });
    const text = await exported(staging);
    const extra = { section: 'assistants', id: 'extra', kind: 'extra', line: null };
    expect((await diff(production, text)).body.differences).toMatchObject([
      { ...extra, changedBy: 'service:operator' },
    ]);
    expect((await apply(production, text)).body).toMatchObject({ applied: [], kept: [extra] });
    expect(await production.item('assistants', 'extra')).toBeDefined();
  });

  it('counts only where the file has the section, the setting and the field', async () => {
    expect((await diff(production, file({}))).body.differences).toEqual([]);
    const part = file({ useCases: [{ name: 'health', exchangesPerConversation: 21 }] });
    const { body } = await apply(production, part);
    expect(body.applied).toMatchObject([
      { field: 'exchangesPerConversation', file: 21, installed: expect.any(Number) },
    ]);
    expect(await production.item('use-cases', 'health')).toMatchObject({
      candidates: [NOVA_PRO, HAIKU],
      configured: { exchangesPerConversation: 21 },
    });
  });
});

describe('a wrong file', () => {
  const refusal = async (text: string | object) => {
    const before = await exported(production);
    const answer = await apply(production, text, 'switchModels=true');
    expect(await exported(production)).toBe(before);
    return answer;
  };

  it('is refused as a whole with the line and column of each error', async () => {
    const wrong = `version: 1
useCases:
  - name: health
    objective: speed
  - name: fresh
    candidates: [${NOVA_LITE}, eu.no.such-v1:0]
`;
    expect(errorsOf(await refusal(wrong))).toMatchObject([
      { field: 'useCases.0.objective', line: 4, column: 16 },
    ]);
    expect(errorsOf(await refusal(wrong.replace('speed', 'cost')))).toEqual([
      { field: 'useCases.1.candidates', message: 'unknown: eu.no.such-v1:0', line: 6, column: 17 },
    ]);
  });

  it.each([
    ['YAML that does not parse', 'version: 1\nuseCases: [', { line: 2 }],
    ['a field that nobody knows', 'version: 1\nuse_cases: []\n', { field: 'body', line: 1 }],
    ['no version', 'useCases: []\n', { field: 'version' }],
    [
      'a setting twice',
      'version: 1\nassistants:\n  - id: a\n  - id: a\n',
      { field: 'assistants.1', line: 4 },
    ],
    [
      'a new use case without candidates',
      'version: 1\nuseCases:\n  - name: x\n',
      { field: 'useCases.0.candidates' },
    ],
    [
      'a new assistant without a use case',
      'version: 1\nassistants:\n  - id: x\n',
      { field: 'assistants.0.name' },
    ],
    ['a new model without a name', `version: 1\nmodels:\n  - id: eu.x.y\n`, { field: 'models.0.name' }],
    [
      'an active model that is not available',
      `version: 1\nmodels:\n  - id: ${HAIKU}\n    available: false\n`,
      { field: 'models.0.available', line: 4 },
    ],
    [
      'a switch to a model that cannot be selected',
      `version: 1\nuseCases:\n  - name: health\n    activeModelId: ${NEW}\n`,
      { field: 'useCases.0.activeModelId', line: 4 },
    ],
    [
      'a webhook without https',
      'version: 1\nwebhooks:\n  - {owner: x, feed: users, url: "http://push.example.com"}\n',
      { field: 'webhooks.0', line: 3 },
    ],
    [
      'a budget of a use case that does not exist',
      'version: 1\nbudgets:\n  - {useCase: none, period: day, limitUsd: "5"}\n',
      { field: 'budgets.0.useCase', line: 3 },
    ],
    [
      'a price in effect that two sources set',
      file({
        prices: ['a', 'b'].map((source) => ({
          modelId: HAIKU,
          source,
          ...CONTRACT,
          cacheReadPricePer1k: null,
          cacheWritePricePer1k: null,
          validFrom: null,
          inEffect: true,
        })),
      }),
      { field: 'prices.0.inEffect' },
    ],
    ['a name that poisons prototypes', 'version: 1\n__proto__: {admin: true}\n', { field: 'body' }],
    [
      'aliases that multiply',
      `version: 1\na: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: [${'*b,'.repeat(50)}]\n`,
      { field: 'body' },
    ],
  ])('with %s is refused', async (_, text, error) => {
    const answer = await refusal(text);
    expect(answer.status).toBe(400);
    expect(errorsOf(answer)[0]).toMatchObject(error);
  });

  it('that is no YAML body, or too large, is refused', async () => {
    const json = await production.system.call('POST', '/v1/config/apply', { version: 1 });
    expect(errorsOf(json)).toEqual([{ field: 'body', message: 'must be YAML: send it as application/yaml' }]);
    expect((await apply(production, `version: 1\n# ${'x'.repeat(1024 * 1024)}`)).status).toBe(413);
    const elsewhere = await production.system.call('POST', '/v1/chat', 'a: 1', { headers: YAML });
    expect(elsewhere.status).toBe(415);
  });

  it('writes nothing when its last step fails, switches included', async () => {
    const webhooks = Array.from({ length: 12 }, (_, n) => ({
      owner: 'full',
      feed: 'operators',
      url: `https://e.example/${n}`,
    }));
    const text = file({
      useCases: [{ name: 'health', objective: 'cost', activeModelId: NOVA_PRO }],
      webhooks,
    });
    const answer = await refusal(text);
    expect(errorsOf(answer)[0]).toMatchObject({
      field: 'webhooks.10',
      message: expect.stringMatching(/at most 10/),
    });
    expect((await production.item('use-cases', 'health')).activeModelId).toBe(HAIKU);
  });
});

describe('rights', () => {
  it('an operator may apply all but webhooks; other keys nothing', async () => {
    const operator = (text: object) => send(production, 'apply', text, production.operator);
    expect((await operator(file({ assistants: [{ id: 'extra', name: 'More' }] }))).status).toBe(200);
    expect(await operator(file({ webhooks: [] }))).toMatchObject({ status: 403 });
    const reader = await production.system.key(['read', 'audit', 'switch', 'act-as'], 'reader');
    for (const path of ['diff', 'apply'])
      expect((await send(production, path, file({}), reader)).status).toBe(403);
    expect((await production.system.get('/v1/config', { token: reader })).status).toBe(403);
  });

  it('the schema is public, and its form is that of the file', async () => {
    const { body } = await production.system.get('/v1/config/schema', { token: null });
    expect(body).toMatchObject({ title: 'Settings of Bedrock Model Orchestrator', required: ['version'] });
  });
});

describe('concurrent writers', () => {
  it('apply, edit and switch the same settings without a deadlock, and lose nothing', async () => {
    const settings = (exchangesPerConversation: number) =>
      file({
        useCases: ['triage', 'health', 'clinical'].map((name) => ({ name, exchangesPerConversation })),
      });
    const work = Array.from({ length: 8 }, (_, n) => [
      apply(production, settings(30 + n), 'switchModels=true'),
      production.editUseCase('health', { exchangesPer30Days: 1_000 + n }),
      production.system.act({
        action: 'switch',
        useCase: 'health',
        modelId: n % 2 ? HAIKU : NOVA_PRO,
      }),
    ]).flat();
    const answers = await Promise.all(work);
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    const { configured } = await production.item('use-cases', 'health');
    const others = await Promise.all(
      ['triage', 'clinical'].map((name) => production.item('use-cases', name)),
    );
    for (const other of others)
      expect(other.configured.exchangesPerConversation).toBe(configured.exchangesPerConversation);
  });
});
