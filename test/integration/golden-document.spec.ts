import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DOCUMENTED } from '../support/documented-requests.js';
import { TestSystem } from '../support/test-system.js';

const UUID = expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);

/** The seed table of the product, as `list-all` shows it: by use case, the best tier first. */
const AVAILABLE = [
  ['eu.anthropic.claude-opus-4-7', 'Claude Opus 4.7', 'anthropic', 'clinical', 8000],
  ['eu.anthropic.claude-sonnet-4-6', 'Claude Sonnet 4.6', 'anthropic', 'clinical', 8000],
  ['eu.anthropic.claude-haiku-4-5-20251001-v1:0', 'Claude Haiku 4.5', 'anthropic', 'clinical', 8000],
  ['eu.amazon.nova-2-lite-v1:0', 'Amazon Nova 2 Lite', 'amazon', 'health', 8000],
  ['eu.amazon.nova-lite-v1:0', 'Amazon Nova Lite', 'amazon', 'health', 4000],
  ['eu.amazon.nova-pro-v1:0', 'Amazon Nova Pro', 'amazon', 'operations', 4000],
  ['eu.mistral.pixtral-large-2502-v1:0', 'Pixtral Large', 'mistral', 'operations', 8000],
  ['eu.amazon.nova-micro-v1:0', 'Amazon Nova Micro', 'amazon', 'platform', 4000],
];

// One after the other, as somebody who follows the document calls them: a later answer depends on the earlier switch.
describe.each(['/orchestrate', '/functions/v1/orchestrate-bedrock-models'])('%s', (path) => {
  let system: TestSystem;
  beforeAll(async () => {
    system = await TestSystem.start();
  });
  afterAll(() => system.close());

  const post = async (body: string) => {
    const answer = await system.call('POST', path, body);
    expect(answer).toMatchObject({ status: 200, body: { success: true } });
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    return answer;
  };

  it('lists the eight models of a fresh install', async () => {
    const { body, text } = await post(DOCUMENTED.listAll);
    expect(Object.keys(body)).toEqual(['success', 'action', 'data']);
    expect(body.action).toBe('list-all');
    expect(Object.keys(body.data)).toEqual(['total', 'models']);
    expect(body.data.total).toBe(8);
    expect(
      body.data.models.map((model: Record<string, unknown>) => [
        model.id,
        model.name,
        model.provider,
        model.useCase,
        model.maxTokens,
      ]),
    ).toEqual(AVAILABLE);
    expect(text).toContain(
      '{"id":"eu.amazon.nova-pro-v1:0","name":"Amazon Nova Pro","provider":"amazon","useCase":"operations","maxTokens":4000',
    );
  });

  it('shows the candidates of the clinical use case in the order of quality', async () => {
    const { body } = await post(DOCUMENTED.getForUseCase);
    expect(body).toMatchObject({
      action: 'get-for-use-case',
      data: { useCase: 'clinical', objective: 'quality', total: 3 },
    });
    const fields = { selectable: true, reasons: [], provider: 'anthropic', useCase: 'clinical' };
    expect(body.data.models).toMatchObject([
      { ...fields, name: 'Claude Sonnet 4.6', rank: 1, active: true },
      { ...fields, name: 'Claude Haiku 4.5', rank: 2, active: false },
      { ...fields, name: 'Claude Opus 4.7', rank: 3, active: false },
    ]);
  });

  it('finds Nova Pro valid', async () => {
    const { body } = await post(DOCUMENTED.validate);
    expect(body).toEqual({
      success: true,
      action: 'validate',
      data: {
        modelId: 'eu.amazon.nova-pro-v1:0',
        valid: true,
        exists: true,
        reasons: [],
        lifecycle: { status: 'ACTIVE', legacyAt: null, extendedAccessAt: null, endOfLifeAt: null },
        lastValidatedAt: null,
      },
    });
  });

  it('switches conv-123 to Nova Lite with the documented answer and notification', async () => {
    const { body, text } = await post(DOCUMENTED.switch);
    expect(body).toEqual({
      success: true,
      action: 'switch',
      data: {
        switched: true,
        from: 'Claude Sonnet 4.6',
        to: 'Amazon Nova Lite',
        fromId: 'eu.anthropic.claude-sonnet-4-6',
        toId: 'eu.amazon.nova-lite-v1:0',
        scope: 'conversation',
        conversationId: 'conv-123',
        useCase: 'clinical',
        version: 2,
        switchId: UUID,
      },
      notification: {
        title: 'Switching AI Model',
        message: 'Upgraded from Claude Sonnet 4.6 to Amazon Nova Lite (Cost optimization)...',
        type: 'manual',
        modelName: 'Amazon Nova Lite',
        modelId: 'eu.amazon.nova-lite-v1:0',
        direction: 'downgrade',
        from: 'Claude Sonnet 4.6',
        to: 'Amazon Nova Lite',
        reason: 'Cost optimization',
      },
    });
    expect(text).toMatch(
      /^\{"success":true,"action":"switch","data":\{"switched":true,"from":"Claude Sonnet 4.6","to":"Amazon Nova Lite"/,
    );
    expect(text).toContain(
      '"notification":{"title":"Switching AI Model","message":"Upgraded from Claude Sonnet 4.6 to Amazon Nova Lite (Cost optimization)...","type":"manual","modelName":"Amazon Nova Lite","modelId":"eu.amazon.nova-lite-v1:0"',
    );
    expect(Object.keys(body)).toEqual(['success', 'action', 'data', 'notification']);
  });

  it('switches conv-123 automatically back to the best clinical model, in words without parentheses', async () => {
    const { body } = await post(DOCUMENTED.autoSwitch);
    expect(Object.keys(body)).toEqual(['success', 'action', 'data', 'notification']);
    expect(body).toMatchObject({
      action: 'auto-switch',
      data: { switched: true, from: 'Amazon Nova Lite', to: 'Claude Sonnet 4.6', useCase: 'clinical' },
    });
    expect(body.notification).toEqual({
      title: 'Auto-Switching AI Model',
      message: 'Upgraded from Amazon Nova Lite to Claude Sonnet 4.6...',
      type: 'auto',
      modelName: 'Claude Sonnet 4.6',
      modelId: 'eu.anthropic.claude-sonnet-4-6',
      direction: 'upgrade',
      from: 'Amazon Nova Lite',
      to: 'Claude Sonnet 4.6',
    });
  });

  it('falls back on the platform use case where workflow 4 names neither conversation nor use case', async () => {
    const { body } = await post(DOCUMENTED.fallbackSwitch);
    expect(body).toEqual({
      success: true,
      action: 'fallback-switch',
      data: {
        switched: true,
        from: 'Amazon Nova Micro',
        to: 'Amazon Nova Lite',
        fromId: 'eu.amazon.nova-micro-v1:0',
        toId: 'eu.amazon.nova-lite-v1:0',
        scope: 'use_case',
        useCase: 'platform',
        version: 2,
        switchId: UUID,
      },
      notification: {
        title: 'Auto-Switching AI Model',
        message:
          'Upgraded from Amazon Nova Micro to Amazon Nova Lite (Rate limit exceeded on primary model)...',
        type: 'auto',
        modelName: 'Amazon Nova Lite',
        modelId: 'eu.amazon.nova-lite-v1:0',
        direction: 'upgrade',
        from: 'Amazon Nova Micro',
        to: 'Amazon Nova Lite',
        reason: 'Rate limit exceeded on primary model',
      },
    });
    const { body: useCases } = await system.get('/v1/use-cases');
    expect(
      useCases.items.map(({ name, version }: { name: string; version: number }) => [name, version]),
    ).toEqual([
      ['clinical', 1],
      ['health', 1],
      ['operations', 1],
      ['platform', 2],
    ]);
  });

  it('clears the cache', async () => {
    const { body } = await post(DOCUMENTED.clearCache);
    expect(body).toEqual({
      success: true,
      action: 'clear-cache',
      data: { cleared: true, version: expect.any(Number) },
    });
  });
});
