import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it } from 'vitest';
import type { BreakersService } from '#libs/breakers/breakers.service.js';
import type { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import type { LearnedRefusals } from '#libs/catalogue/learned-refusals.service.js';
import type { Invocation } from '#libs/costs/invocation.js';
import type { InvocationsService } from '#libs/costs/invocations.service.js';
import type { Scope } from '#libs/platform/auth/principal.js';
import { BedrockError, type BedrockErrorKind } from '#libs/platform/bedrock/bedrock-error.js';
import type { BedrockRuntimeService } from '#libs/platform/bedrock/bedrock-runtime.service.js';
import type { Usage } from '#libs/platform/bedrock/converse-request.js';
import type { OnText } from '#libs/platform/bedrock/converse-stream.js';
import { SystemClock } from '#libs/platform/clock/clock.js';
import {
  aCatalogue,
  HAIKU,
  inSeconds,
  OPUS,
  policy,
  price,
  SONNET,
} from '../../test/support/catalogue-fixture.js';
import type { CallAdmission } from './call-admission.service.js';
import type { ChatEvent } from './chat.js';
import { ChatService } from './chat.service.js';
import type { ChatContext, ChatContextService } from './chat-context.service.js';
import { FallbackCandidates } from './fallback-candidates.service.js';
import { FallbackEngine } from './fallback-engine.js';
import { RecordedCalls } from './recorded-calls.service.js';

const USAGE: Usage = { input: 1000, output: 100, cacheRead: 0, cacheWrite: 0 };
/** `clinical` runs on Sonnet, and on Haiku and Opus after it; each has another price. */
const catalogue = aCatalogue({
  models: {
    [SONNET]: { price: price('0.003', '0.015', 11) },
    [HAIKU]: { price: price('0.001', '0.005', 22) },
    [OPUS]: { price: price('0.005', '0.025', 33) },
  },
});
const [sonnet] = catalogue.models.filter(({ id }) => id === SONNET);
/** Of a thousand tokens in and a hundred out, in USD. */
const COSTS: Record<string, string> = {
  [SONNET]: '0.004500000',
  [HAIKU]: '0.001500000',
  [OPUS]: '0.007500000',
};

/** Says this text, and then ends, or fails. */
type Script = {
  says?: string;
  fails?: BedrockErrorKind;
  begun?: boolean;
  stops?: string;
  usage?: Usage | null;
};
let scripts: Record<string, Script>;
let openBreakers: string[];
let recorded: Invocation[];
let events: ChatEvent[];
/** Called with the id of each model that is asked. */
let asked: (modelId: string) => void;
beforeEach(() => {
  Logger.overrideLogger(false);
  scripts = {};
  [openBreakers, recorded, events] = [[], [], []];
  asked = () => undefined;
});

const models = {
  answer: async ({ modelId }: { modelId: string }, _: unknown, { onText }: { onText: OnText }) => {
    asked(modelId);
    const { says = `I am ${modelId}`, fails, begun, stops, usage = USAGE } = scripts[modelId] ?? {};
    if (says) await onText(says);
    const textShown = says !== '';
    if (fails) throw new BedrockError('no', { kind: fails, awsName: fails, modelId, textShown, begun });
    return { stopReason: stops ?? 'end_turn', usage, durationMs: 5, firstTextMs: 3 };
  },
};
const breakers = {
  isOpen: (id: string) => openBreakers.includes(id),
  recheckSoon: () => undefined,
  secondsUntilProbe: () => 7,
  succeeded: () => undefined,
  failed: () => undefined,
};

/** A chat of Anna's in `clinical`, asked by a service for her. @returns what is recorded of it */
async function chat(
  conversation: Partial<ChatContext['conversation']> = {},
  stream = true,
): Promise<Invocation> {
  const snapshot = {
    snapshot: () => catalogue,
    policy,
    useCase: (name: string) => catalogue.useCases.find((each) => each.name === name)!,
  };
  const candidates = new FallbackCandidates(
    snapshot as unknown as CatalogueService,
    breakers as unknown as BreakersService,
  );
  const invocations = { record: async (invocation: Invocation) => void recorded.push(invocation) };
  let underWay = 1;
  const release = () => {
    underWay -= 1;
  };
  const service = new ChatService(
    undefined as unknown as CallAdmission,
    undefined as unknown as ChatContextService,
    new RecordedCalls(
      new FallbackEngine(
        candidates,
        breakers as unknown as BreakersService,
        undefined as unknown as LearnedRefusals,
      ),
      invocations as unknown as InvocationsService,
      new SystemClock(),
      { CHAT_DEADLINE_SECONDS: 600, CHAT_FIRST_TEXT_SECONDS: 60, CHAT_IDLE_SECONDS: 60 },
    ),
    models as unknown as BedrockRuntimeService,
  );
  const opened: ChatContext = {
    model: sonnet!,
    grant: { actor: 'service:app', onBehalfOf: 'anna', owner: 'anna', userId: 'anna', anyModel: true },
    conversation: {
      ...{ id: 'conv-1', owner: 'anna', useCase: 'clinical', pin: null, coolDowns: {}, version: 1 },
      ...{ switchSeq: 0, ...conversation },
    },
  };
  const request = {
    messages: [{ role: 'user' as const, text: 'x'.repeat(400) }],
    stream,
    showNotification: true,
  };
  const principal = { kind: 'service', name: 'app', owner: 'key:1', scopes: new Set<Scope>() } as const;
  const caller = { principal, requestId: 'request-1' };
  await service
    .run(
      { request, caller, opened, release },
      new AbortController().signal,
      (event) => void events.push(event),
    )
    .catch((error: Error) => expect(error).toHaveProperty('kind'));
  expect([recorded.length, underWay]).toEqual([1, 0]);
  return recorded[0]!;
}
const fails = (fails: BedrockErrorKind, says = ''): Script => ({ fails, says });
const attemptsOf = ({ attempts }: Invocation) =>
  attempts.map(({ modelId, outcome, errorKind }) => [modelId, outcome, errorKind]);

describe('a call that is answered', () => {
  it('is recorded with who asked, where, on which model, and at which price', async () => {
    const call = await chat();
    expect(call).toEqual({
      ...{ id: expect.any(String), requestId: 'request-1', conversationId: 'conv-1', useCase: 'clinical' },
      ...{ userId: 'anna', actor: 'service:app', onBehalfOf: 'anna', modelId: SONNET, outcome: 'answered' },
      ...{
        keyOwner: 'key:1',
        errorKind: null,
        stopReason: 'end_turn',
        usage: USAGE,
        estimated: false,
        costUsd: COSTS[SONNET],
      },
      ...{ priceVersion: 11, attempts: [expect.objectContaining({ modelId: SONNET })], firstTextMs: 3 },
      ...{ latencyMs: expect.any(Number), streamed: true, startedAt: expect.any(Date) },
      ...{ wire: 'chat', bodyFamily: null, forms: [], follows: true, control: 'direct', modelRole: 'active' },
    });
    expect((await chatAgain(false)).streamed).toBe(false);
  });

  const chatAgain = (stream: boolean) => {
    recorded = [];
    return chat({}, stream);
  };

  it.each<[string, Record<string, Script>, string, number]>([
    ['before its text', { [SONNET]: fails('not_ready') }, HAIKU, 22],
    ['after its text', { [SONNET]: fails('stream_broken', 'half an ans') }, HAIKU, 22],
    ['twice', { [SONNET]: fails('not_ready'), [HAIKU]: fails('stream_broken', 'half') }, OPUS, 33],
  ])(
    'after a failure %s is recorded with the model that answered, its price and its tokens alone',
    async (_, given, modelId, priceVersion) => {
      scripts = given;
      const call = await chat();
      expect(call).toMatchObject({ modelId, priceVersion, outcome: 'answered', errorKind: null });
      expect(call).toMatchObject({ costUsd: COSTS[modelId], usage: USAGE, estimated: false, firstTextMs: 3 });
      expect(call.attempts.map((attempt) => attempt.modelId).at(-1)).toBe(modelId);
    },
  );

  it('is estimated by the text of the model that answered, where Bedrock did not say its tokens', async () => {
    scripts = {
      [SONNET]: fails('stream_broken', 'a long beginning '.repeat(20)),
      [HAIKU]: { says: 'twelve chars', usage: null },
    };
    const call = await chat();
    expect(call).toMatchObject({ estimated: true, usage: { input: 100, output: 3 }, priceVersion: 22 });
    // 100 × 0.001 / 1000 + 3 × 0.005 / 1000
    expect(call.costUsd).toBe('0.000115000');
  });

  it('with a refusal is recorded as refused, with what it cost', async () => {
    scripts = { [SONNET]: { stops: 'content_filtered' } };
    expect(await chat()).toMatchObject({
      ...{ outcome: 'refused', errorKind: 'refused', stopReason: 'content_filtered' },
      ...{ modelId: SONNET, costUsd: COSTS[SONNET] },
    });
  });
});

describe('an attempt that broke off', () => {
  const billsOf = async () => (await chat()).attempts.map(({ billed }) => billed);

  it('is billed by what it has read and written, estimated, at the price of the model', async () => {
    scripts = { [SONNET]: fails('stream_broken', 'x'.repeat(40)) };
    expect(await billsOf()).toEqual([
      // 100 × 0.003 / 1000 + 10 × 0.015 / 1000
      {
        ...{ input: 100, output: 10, cacheRead: 0, cacheWrite: 0 },
        ...{ estimated: true, costUsd: '0.000450000', priceVersion: 11 },
      },
      { ...USAGE, estimated: false, costUsd: COSTS[HAIKU], priceVersion: 22 },
    ]);
  });

  it('is billed by what it has read where it had begun without a word', async () => {
    scripts = { [SONNET]: { ...fails('not_ready'), begun: true } };
    expect((await billsOf())[0]).toMatchObject({ input: 100, output: 0, costUsd: '0.000300000' });
  });

  it('is not billed where it had not begun', async () => {
    scripts = { [SONNET]: fails('throttled') };
    expect(await billsOf()).toEqual([undefined, undefined, expect.objectContaining({ priceVersion: 22 })]);
  });

  it.each([USAGE, null])(
    'is billed as Bedrock says where it ended without an answer that can be used (usage: %j)',
    async (usage) => {
      scripts = { [SONNET]: { says: 'half an answer', stops: 'malformed_model_output', usage } };
      expect((await billsOf())[0]).toMatchObject({
        ...(usage ?? { input: 100, output: 4, cacheRead: 0, cacheWrite: 0 }),
        estimated: usage === null,
      });
    },
  );

  it('is estimated in the tokens that its model counts', async () => {
    scripts = { [SONNET]: fails('stream_broken', 'x'.repeat(40)) };
    sonnet!.tokenFactor = 1.3;
    try {
      expect((await billsOf())[0]).toMatchObject({ input: 130, output: 13 });
    } finally {
      sonnet!.tokenFactor = 1;
    }
  });
});

describe('a call that nobody answers', () => {
  it('is recorded with the model that was asked last, the price of that model, and no cost', async () => {
    scripts = { [SONNET]: fails('not_ready'), [HAIKU]: fails('model_gone'), [OPUS]: fails('not_ready') };
    const call = await chat();
    expect(call).toMatchObject({
      ...{ modelId: OPUS, priceVersion: 33, outcome: 'failed', errorKind: 'not_ready', stopReason: null },
      ...{ costUsd: '0.000000000', estimated: false, firstTextMs: null },
    });
    expect(attemptsOf(call)).toEqual([
      [SONNET, 'failed', 'not_ready'],
      [HAIKU, 'failed', 'model_gone'],
      [OPUS, 'failed', 'not_ready'],
    ]);
  });

  it('is estimated after text was shown: Bedrock bills what it had begun', async () => {
    for (const id of [SONNET, HAIKU, OPUS]) scripts[id] = fails('stream_broken', 'half an answer');
    expect(await chat()).toMatchObject({
      ...{ modelId: OPUS, priceVersion: 33, outcome: 'failed', costUsd: '0.000600000', estimated: true },
      usage: { input: 100, output: 4, cacheRead: 0, cacheWrite: 0 },
    });
  });

  it('because its reader went away is estimated by what the model asked last has said', async () => {
    scripts = {
      [SONNET]: fails('stream_broken', 'a long beginning '),
      [HAIKU]: fails('cancelled', 'one two'),
    };
    expect(await chat()).toMatchObject({
      ...{ modelId: HAIKU, priceVersion: 22, outcome: 'cancelled', errorKind: 'cancelled', estimated: true },
      usage: { input: 100, output: 2 },
    });
  });

  it('because its reader went away before the next model spoke does not bill what broke off before', async () => {
    scripts = { [SONNET]: fails('stream_broken', 'a long beginning'), [HAIKU]: fails('cancelled') };
    expect(await chat()).toMatchObject({
      ...{ modelId: HAIKU, priceVersion: 22, outcome: 'cancelled', estimated: false, costUsd: '0.000000000' },
    });
  });

  it('because its reader did not wait for the whole answer is estimated by what was asked', async () => {
    scripts = { [SONNET]: { ...fails('cancelled'), begun: true } };
    expect(await chat({}, false)).toMatchObject({
      ...{ modelId: SONNET, outcome: 'cancelled', estimated: true, costUsd: '0.000300000' },
      usage: { input: 100, output: 0 },
    });
  });

  it('because every model is avoided is recorded with the model of its conversation', async () => {
    openBreakers = [SONNET, HAIKU, OPUS];
    const call = await chat();
    expect(call).toMatchObject({
      modelId: SONNET,
      priceVersion: null,
      outcome: 'failed',
      costUsd: '0.000000000',
    });
    expect(attemptsOf(call)).toEqual(openBreakers.map((id) => [id, 'skipped', 'breaker_open']));
  });
});

describe('an answer that is none', () => {
  it.each<[string, Script]>([
    ['has no text, or reasoning only', { says: '' }],
    ['has no text because reasoning took all tokens', { says: '', stops: 'max_tokens' }],
    ['is malformed', { stops: 'malformed_model_output' }],
    ['is a malformed use of a tool', { says: '', stops: 'malformed_tool_use' }],
  ])('because it %s is a failure of its model, and the next one answers', async (_, script) => {
    scripts = { [SONNET]: script };
    for (const stream of [true, false]) {
      recorded = [];
      expect(attemptsOf(await chat({}, stream))).toEqual([
        [SONNET, 'failed', 'unusable_answer'],
        [HAIKU, 'answered', null],
      ]);
    }
  });

  it('but was refused stays the answer, also without a text', async () => {
    scripts = { [SONNET]: { says: '', stops: 'guardrail_intervened' } };
    const intervened = {
      outcome: 'guardrail_intervened',
      errorKind: 'guardrail_intervened',
      modelId: SONNET,
    };
    expect(await chat()).toMatchObject({ ...intervened, attempts: [intervened] });
    expect(events.at(-1)).toMatchObject({ answer: { text: '', stopReason: 'guardrail_intervened' } });
  });
});

describe('a hop', () => {
  it('passes over a model that cools down in the conversation alone', async () => {
    scripts = { [SONNET]: fails('not_ready') };
    const call = await chat({ coolDowns: { [HAIKU]: inSeconds(60) } });
    expect(attemptsOf(call)).toEqual([
      [SONNET, 'failed', 'not_ready'],
      [HAIKU, 'skipped', 'cooling_down'],
      [OPUS, 'answered', null],
    ]);
  });

  it('takes a model whose cool-down is over', async () => {
    scripts = { [SONNET]: fails('not_ready') };
    expect((await chat({ coolDowns: { [HAIKU]: inSeconds(0) } })).modelId).toBe(HAIKU);
  });

  it('passes over a model whose breaker opened since, and asks none a second time', async () => {
    scripts = { [SONNET]: fails('not_ready') };
    asked = (id) => id === SONNET && openBreakers.push(HAIKU);
    expect(attemptsOf(await chat())).toEqual([
      [SONNET, 'failed', 'not_ready'],
      [HAIKU, 'skipped', 'breaker_open'],
      [OPUS, 'answered', null],
    ]);
  });

  it.each<[BedrockErrorKind, string[]]>([
    ['access_denied', [SONNET, HAIKU]],
    ['model_gone', [SONNET, HAIKU, OPUS]],
    ['access_pending', [SONNET, HAIKU, OPUS]],
    ['refused', [SONNET]],
    ['bad_credentials', [SONNET]],
  ])('after %s asks as many models as its kind allows', async (kind, expected) => {
    for (const id of [SONNET, HAIKU, OPUS]) scripts[id] = fails(kind);
    expect((await chat()).attempts.map(({ modelId }) => modelId)).toEqual(expected);
  });
});

it('a reader gets the name of each model, and why the text before it is void', async () => {
  scripts = { [SONNET]: fails('stream_broken', 'half'), [HAIKU]: fails('not_ready') };
  await chat();
  expect(events.map(({ type }) => type)).toEqual(['model', 'delta', 'restart', 'delta', 'done']);
  expect(events[2]).toMatchObject({ reason: 'not_ready', model: { id: OPUS } });
  expect(events.at(-1)).toMatchObject({ answer: { model: { id: OPUS }, text: `I am ${OPUS}` } });
});
