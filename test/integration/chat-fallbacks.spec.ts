import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { UnavailableError } from '#libs/platform/errors/errors.js';
import { SwitchService } from '#libs/switching/switch.service.js';
import { ApiInstance } from '../support/api-instance.js';
import { eventsOf, question } from '../support/chat-client.js';
import { ChatSystem, HAIKU, OPUS, SONNET } from '../support/chat-system.js';
import { eventually } from '../support/eventually.js';

let chats: ChatSystem;
let breakers: BreakersService;
beforeAll(async () => {
  chats = await ChatSystem.start({ worker: true });
  breakers = chats.system.api.get(BreakersService, { strict: false });
});
afterAll(() => chats.close());
beforeEach(() => {
  for (const id of [SONNET, HAIKU, OPUS]) breakers.close(id);
});
afterEach(() => chats.emulator.reset());

const isDown = { kind: 'error', name: 'ServiceUnavailableException', modelId: SONNET } as const;
const ask = (conversationId: string) => chats.chat({ conversationId, useCase: 'clinical', ...question() });
const switchesOf = async (conversationId: string) =>
  (
    await chats.rows(
      'SELECT switch_action AS action, previous_model_id AS before, new_model_id AS after, actor, reason, notification_shown AS shown FROM bedrock_model_switches WHERE conversation_id = $1 ORDER BY seq',
      [conversationId],
    )
  ).slice(1);

/** Asks in new conversations until the breaker is open: those before are on a fallback by then. */
async function openBreaker(modelId: string): Promise<void> {
  while (!breakers.isOpen(modelId)) await ask(randomUUID());
}

async function takeDown(): Promise<void> {
  chats.faults(isDown);
  await openBreaker(SONNET);
}

describe('a model that fails again and again', () => {
  it('is not asked any more, and its conversations get one notification with the fallback', async () => {
    await ask('sticky');
    await takeDown();
    const before = chats.asked(SONNET);
    const first = await ask('sticky');
    expect(first.body.model.id).toBe(HAIKU);
    expect(first.body.notification).toMatchObject({
      title: 'Auto-Switching AI Model',
      modelId: HAIKU,
      from: 'Claude Sonnet 4.6',
      reason: 'Claude Sonnet 4.6 does not answer right now',
    });
    const second = await chats.stream({ conversationId: 'sticky', ...question() });
    expect(eventsOf(second)).toEqual(['model', 'delta', 'done']);
    expect(second[0]!.data).toEqual({ model: expect.objectContaining({ id: HAIKU }) });
    expect(chats.asked(SONNET)).toBe(before);
    await expect.poll(() => switchesOf('sticky')).toHaveLength(1);
    expect(await switchesOf('sticky')).toMatchObject([
      { action: 'fallback_switch', before: SONNET, after: HAIKU, actor: 'system:chat', shown: true },
    ]);
    const { body } = await chats.system.get('/v1/conversations/sticky/model');
    expect(body).toMatchObject({ model: { id: HAIKU }, pin: 'fallback' });
  });

  it('is asked again once a probe has found it healthy, with a recorded switch back', async () => {
    await ask('returns');
    await takeDown();
    await ask('returns');
    chats.emulator.setFaults([]);
    const probesBefore = chats.asked(SONNET);
    expect((await ask('returns')).body.model.id).toBe(HAIKU);
    expect(chats.asked(SONNET)).toBe(probesBefore);
    await chats.expireBreakers();
    const answer = await eventually(async () => {
      const back = await ask('returns');
      expect(back.body.model.id).toBe(SONNET);
      return back;
    });
    expect(answer.body.notification).toMatchObject({
      modelId: SONNET,
      reason: 'Claude Sonnet 4.6 is healthy again',
    });
    expect(chats.asked(SONNET) - probesBefore, 'one probe, one answer').toBe(2);
    await expect.poll(() => switchesOf('returns')).toHaveLength(2);
    expect((await switchesOf('returns'))[1]).toMatchObject({
      action: 'auto_switch',
      before: HAIKU,
      after: SONNET,
      actor: 'system:recovery',
    });
  });

  it('never loses its validation status by that', async () => {
    const status = () =>
      chats.rows('SELECT validation_status, is_available FROM bedrock_models WHERE model_id = $1', [SONNET]);
    const before = await status();
    await takeDown();
    expect(await status()).toEqual(before);
  });

  it('is left by every instance, and asked again by every instance', async () => {
    const other = await ApiInstance.start(chats.system.environment.variables);
    const otherBreakers = other.service(BreakersService);
    await takeDown();
    await expect.poll(() => otherBreakers.isOpen(SONNET)).toBe(true);
    const late = await ApiInstance.start(chats.system.environment.variables);
    await expect.poll(() => late.service(BreakersService).isOpen(SONNET)).toBe(true);
    breakers.close(SONNET);
    await expect.poll(() => otherBreakers.isOpen(SONNET)).toBe(false);
    await other.close();
    await late.close();
  });

  it('is probed by one instance at a time', async () => {
    const other = await ApiInstance.start(chats.system.environment.variables);
    const otherBreakers = other.service(BreakersService);
    await takeDown();
    await expect.poll(() => otherBreakers.isOpen(SONNET)).toBe(true);
    await chats.expireBreakers(other);
    const before = chats.asked(SONNET);
    await Promise.all([breakers, otherBreakers, breakers, otherBreakers].map((each) => each.recheck(SONNET)));
    expect(chats.asked(SONNET) - before).toBe(1);
    await other.close();
  });
});

it('a fallback that fails, too, is skipped, and the recovery stays possible', async () => {
  await ask('twice');
  await takeDown();
  chats.faults(isDown, { ...isDown, modelId: HAIKU });
  await openBreaker(HAIKU);
  const { body } = await ask('twice');
  expect(body.model.id).toBe(OPUS);
  await expect.poll(() => switchesOf('twice')).toHaveLength(1);
  expect(await switchesOf('twice')).toMatchObject([{ before: SONNET, after: OPUS }]);
});

it('continues without a switch where none can be made', async () => {
  await ask('unswitched');
  await takeDown();
  const switching = chats.system.api.get(SwitchService, { strict: false });
  const execute = vi.spyOn(switching, 'execute');
  execute.mockRejectedValue(new UnavailableError('database_unavailable', 'PostgreSQL is away'));
  const { status, body } = await ask('unswitched');
  execute.mockRestore();
  expect([status, body.model.id, body.notification]).toEqual([200, HAIKU, undefined]);
  expect(body.attempts.map(({ outcome, errorKind }: Record<string, string>) => [outcome, errorKind])).toEqual(
    [
      ['skipped', 'breaker_open'],
      ['answered', null],
    ],
  );
});

it('all of them down: an immediate 503, and Retry-After says when one is probed', async () => {
  chats.faults({ kind: 'error', name: 'ServiceUnavailableException' });
  for (const id of [SONNET, HAIKU, OPUS]) await openBreaker(id);
  const before = chats.emulator.calls().total;
  const { status, headers, body } = await ask('nobody');
  expect([status, body.code]).toEqual([503, 'model_unavailable']);
  expect(headers.get('retry-after'), 'what is left of an hour').toMatch(/^3[56]\d\d$/);
  expect(chats.emulator.calls().total).toBe(before);
});
