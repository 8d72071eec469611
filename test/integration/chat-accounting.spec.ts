import { Decimal } from 'decimal.js';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { UsageService } from '#libs/costs/usage.service.js';
import { question } from '../support/chat-client.js';
import { ChatSystem, HAIKU, SONNET } from '../support/chat-system.js';

let chats: ChatSystem;
beforeAll(async () => {
  chats = await ChatSystem.start();
});
afterAll(() => chats.close());
afterEach(() => chats.emulator.reset());

const ask = (conversationId: string) => ({ conversationId, useCase: 'clinical', ...question('What helps?') });
const callsOf = (conversationId: string) =>
  chats.rows('SELECT * FROM model_invocations WHERE conversation_id = $1 ORDER BY started_at', [
    conversationId,
  ]);

/** Computed by hand from the catalogue's prices, in USD. */
async function priceOf(modelId: string, input: number, output: number): Promise<string> {
  const [price] = await chats.rows(
    'SELECT input_price_per_1k AS i, output_price_per_1k AS o FROM bedrock_models WHERE model_id = $1',
    [modelId],
  );
  return new Decimal(price.i).mul(input).add(new Decimal(price.o).mul(output)).div(1000).toFixed(15);
}

describe('what a call used and cost', () => {
  it('has the forms of its request in its row', async () => {
    await chats.chat({ ...ask('formed'), temperature: 0.2 });
    expect(await callsOf('formed')).toMatchObject([
      { wire: 'chat', body_family: null, forms: ['temperature'], follows: true },
    ]);
  });

  it.each([false, true])('is in its row before the answer ends (stream: %s)', async (stream) => {
    const id = `counted-${stream}`;
    const { usage } = stream ? (await chats.stream(ask(id))).at(-1)!.data : (await chats.chat(ask(id))).body;
    const [call, ...others] = await callsOf(id);
    expect(others).toEqual([]);
    expect(call).toMatchObject({
      model_id: SONNET,
      use_case: 'clinical',
      outcome: 'answered',
      stop_reason: 'end_turn',
      input_tokens: usage.inputTokens,
      output_tokens: usage.outputTokens,
      estimated: false,
      streamed: stream,
      first_text_ms: stream ? expect.any(Number) : null,
      cost_usd: await priceOf(SONNET, usage.inputTokens, usage.outputTokens),
    });
    expect(Number(usage.costUsd)).toBe(Number(call.cost_usd));
    expect(usage.totalTokens).toBe(usage.inputTokens + usage.outputTokens);
    const [price] = await chats.rows(
      'SELECT model_id, valid_to FROM bedrock_model_prices WHERE version = $1',
      [call.price_version],
    );
    expect(price).toEqual({ model_id: SONNET, valid_to: null });
  });

  it('after a fallback is that of the model that answered; what broke off is billed to its own model', async () => {
    chats.faults({ kind: 'cut', afterEvents: 4, modelId: SONNET });
    const { data } = (await chats.stream(ask('fell-back'))).at(-1)!;
    const calls = await callsOf('fell-back');
    expect(calls).toHaveLength(1);
    expect(calls[0]).toMatchObject({
      model_id: HAIKU,
      outcome: 'answered',
      cost_usd: await priceOf(HAIKU, data.usage.inputTokens, data.usage.outputTokens),
    });
    expect(calls[0].attempts).toEqual(data.attempts);
    const [{ billed }] = data.attempts;
    expect(billed).toMatchObject({ estimated: true, cacheRead: 0, cacheWrite: 0 });
    expect(billed.input).toBeGreaterThan(0);
    expect(billed.output).toBeGreaterThan(0);
    expect(Number(billed.costUsd)).toBe(Number(await priceOf(SONNET, billed.input, billed.output)));
    expect(data.attempts.map(({ modelId }: { modelId: string }) => modelId)).toEqual([SONNET, HAIKU]);
  });

  const longFromTwoTokens = (prices: object) =>
    chats.system.call('PATCH', `/v1/models/${encodeURIComponent(SONNET)}`, {
      priceDimensions: { longContext: { aboveInputTokens: 1, ...prices } },
    });

  it('of a long prompt is at the prices for it', async () => {
    await longFromTwoTokens({ inputPer1k: '0.01', outputPer1k: '0.1' });
    const { usage } = (await chats.chat(ask('long'))).body;
    const [call] = await callsOf('long');
    const cost = new Decimal('0.01').mul(usage.inputTokens).add(new Decimal('0.1').mul(usage.outputTokens));
    expect(call).toMatchObject({ cost_usd: cost.div(1000).toFixed(15), cost_unknown: null });
    expect(Number(usage.costUsd)).toBe(Number(call.cost_usd));
    expect(usage).not.toHaveProperty('costUnknown');
  });

  it('of a long prompt without a price for it is not known, and says why', async () => {
    await longFromTwoTokens({});
    const { usage, attempts } = (await chats.chat(ask('long and unknown'))).body;
    const unknown = { costUsd: null, costUnknown: 'no_price_for_long_context' };
    expect(usage).toMatchObject(unknown);
    expect(attempts[0].billed).toMatchObject(unknown);
    expect(await callsOf('long and unknown')).toMatchObject([
      { cost_usd: null, cost_unknown: 'no_price_for_long_context', estimated: false },
    ]);
    await chats.system.call('PATCH', `/v1/models/${encodeURIComponent(SONNET)}`, { priceDimensions: {} });
  });

  it('that nobody answered is recorded, and costs nothing', async () => {
    chats.faults({ kind: 'error', name: 'ModelNotReadyException' });
    expect((await chats.chat(ask('unanswered'))).status).toBe(503);
    expect(await callsOf('unanswered')).toMatchObject([
      { outcome: 'failed', error_kind: 'not_ready', cost_usd: '0.000000000000000', stop_reason: null },
    ]);
  });

  it('that was refused is billed as Bedrock does', async () => {
    chats.faults({ kind: 'stop', reason: 'content_filtered', modelId: SONNET });
    const { body } = await chats.chat(ask('refused'));
    expect(await callsOf('refused')).toMatchObject([
      {
        outcome: 'refused',
        error_kind: 'refused',
        stop_reason: 'content_filtered',
        input_tokens: body.usage.inputTokens,
      },
    ]);
  });

  it('counts the exchanges of its conversation', async () => {
    for (let exchange = 0; exchange < 3; exchange += 1) await chats.chat(ask('three'));
    await chats.system.api.get(UsageService, { strict: false }).rollUp();
    const [conversation] = await chats.rows(
      'SELECT exchange_count, input_tokens, version FROM ai_conversations WHERE id = $1',
      ['three'],
    );
    const [{ sum }] = await chats.rows(
      'SELECT sum(input_tokens) FROM model_invocations WHERE conversation_id = $1',
      ['three'],
    );
    expect(conversation).toMatchObject({ exchange_count: 3, input_tokens: sum });
  });
});
