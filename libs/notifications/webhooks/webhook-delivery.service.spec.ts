import { Logger } from '@nestjs/common';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Delivery, failed as failure, type SlowReceivers, type Step } from '../delivery/delivery.js';
import type { DeliveryRecorder, Sent } from '../delivery/delivery.recorder.js';
import type { Cursor, LeasedWebhook, WebhookMessage } from './webhook.js';
import { WebhookDelivery } from './webhook-delivery.service.js';
import type { WebhookFailures } from './webhook-failures.js';
import type { WebhookMessages } from './webhook-messages.js';
import type { WebhookSender } from './webhook-sender.js';
import type { WebhooksRepository } from './webhooks.repository.js';

const DEADLINE = { timeout: 60_000, interval: 1 };
const OK: Delivery = { delivered: true, status: 204 };

/** Webhooks with messages that wait, in the order in which they are leased. */
let waiting: Map<string, string[]>;
let leased: Set<string>;
let sent: string[];
let failed: string[];
let advanced: { id: string; position: number; delivered: boolean }[];
let recorded: [sent: Sent, failures: number][];
let answer: (id: string, text: string) => Promise<Delivery>;
let keepsLease: boolean;
let delivery: WebhookDelivery;
beforeEach(() => {
  Logger.overrideLogger(false);
  waiting = new Map();
  leased = new Set();
  [sent, failed, advanced, recorded] = [[], [], [], []];
  answer = async () => OK;
  keepsLease = true;
  const end = (id: string) => void leased.delete(id);
  const repository = {
    lease: async (limit: number, _: number, slow?: SlowReceivers) => {
      let places = slow?.limit ?? 0;
      return [...waiting]
        .filter(([id, texts]) => texts.length > 0 && !leased.has(id))
        .filter(([id]) => !slow?.ids.includes(id) || places-- > 0)
        .slice(0, limit)
        .map(([id]) => {
          leased.add(id);
          return { id, feed: 'users', position: 0, afterUser: '', failures: 0 } as LeasedWebhook;
        });
    },
    advance: async ({ id }: LeasedWebhook, { position }: Cursor, delivered: boolean) => {
      advanced.push({ id, position, delivered });
      waiting.get(id)!.shift();
      return keepsLease;
    },
    // Goes to the end of the line.
    release: async ({ id }: LeasedWebhook) => {
      const texts = waiting.get(id)!;
      waiting.delete(id);
      waiting.set(id, texts);
      end(id);
    },
  };
  const messages = {
    async *after(_: string, { id }: { id: string }): AsyncGenerator<Step<WebhookMessage, Cursor>> {
      for (const [n, text] of [...waiting.get(id)!].entries())
        yield {
          message: text === '' ? null : { id: `${id}-${text}`, body: text },
          cursor: { position: n + 1, afterUser: '' },
        };
    },
  };
  const sender = {
    timeoutSeconds: 1,
    send: async ({ id }: { id: string }, { body }: { body: string }) => {
      sent.push(`${id} ${body}`);
      return answer(id, body);
    },
  };
  const failures = {
    record: async ({ id }: LeasedWebhook) => {
      failed.push(id);
      waiting.delete(id);
      end(id);
    },
  };
  delivery = new WebhookDelivery(
    repository as unknown as WebhooksRepository,
    messages as unknown as WebhookMessages,
    sender as unknown as WebhookSender,
    failures as unknown as WebhookFailures,
    {
      record: (...attempt: [Sent, number]) => void recorded.push(attempt),
      stop: async () => undefined,
    } as unknown as DeliveryRecorder,
  );
});
afterEach(() => delivery.stop());

it('receivers that do not answer do not block the others', async () => {
  let release = () => {};
  const never = new Promise<Delivery>((resolve) => {
    release = () => resolve(OK);
  });
  answer = async (id) => (id.startsWith('slow') ? never : OK);
  for (let n = 0; n < 31; n += 1) waiting.set(`slow-${n}`, ['1']);
  for (let n = 0; n < 40; n += 1) waiting.set(`quick-${n}`, ['1']);
  delivery.trigger();
  await vi.waitFor(() => expect(sent.filter((each) => each.startsWith('quick'))).toHaveLength(40), DEADLINE);
  release();
});

describe('webhooks that let 500 ms pass before they answer', () => {
  let held: (() => void)[];
  const answerHeld = () => {
    for (const each of held.splice(0)) each();
  };
  const areHeld = (count: number) => vi.waitFor(() => expect(held).toHaveLength(count), DEADLINE);
  beforeEach(async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    held = [];
    answer = (id) =>
      id === 'quick' ? Promise.resolve(OK) : new Promise((resolve) => held.push(() => resolve(OK)));
    for (let n = 0; n < 32; n += 1) waiting.set(`slow-${n}`, ['1', '2', '3']);
    delivery.trigger();
    await areHeld(32);
    await vi.advanceTimersByTimeAsync(500);
    answerHeld();
  });
  afterEach(() => {
    vi.useRealTimers();
    answer = async () => OK;
    answerHeld();
  });

  it('leave a quarter of the places to the others', async () => {
    await areHeld(24);
    waiting.set('quick', ['1', '2']);
    delivery.trigger();
    await vi.waitFor(() => expect(sent).toContain('quick 2'), DEADLINE);
  });

  it('yield their places to each other after a message', async () => {
    await areHeld(24);
    await vi.advanceTimersByTimeAsync(500);
    answerHeld();
    await areHeld(24);
    expect(sent.filter((each) => each.endsWith(' 2'))).toHaveLength(32);
  });

  it('have all places again when they answer sooner', async () => {
    await areHeld(24);
    answer = async () => OK;
    answerHeld();
    await vi.waitFor(() => expect(sent).toHaveLength(96), DEADLINE);
    answer = () => new Promise((resolve) => held.push(() => resolve(OK)));
    for (let n = 0; n < 32; n += 1) waiting.set(`slow-${n}`, ['4']);
    delivery.trigger();
    await areHeld(32);
  });
});

it('a webhook with many messages yields its place after each, while others may wait for one', async () => {
  for (let n = 0; n < 32; n += 1) waiting.set(`busy-${n}`, ['1', '2', '3']);
  waiting.set('late', ['1']);
  delivery.trigger();
  await vi.waitFor(() => expect(sent).toHaveLength(97), DEADLINE);
  expect(sent.indexOf('late 1')).toBeLessThan(sent.indexOf('busy-31 3'));
  for (let n = 0; n < 32; n += 1)
    expect(sent.filter((each) => each.startsWith(`busy-${n} `))).toEqual(
      ['1', '2', '3'].map((text) => `busy-${n} ${text}`),
    );
});

it('a message that is not taken ends the turn: what follows waits, so that the order stays', async () => {
  waiting.set('a', ['1', '2', '3']);
  answer = async (_, text) => (text === '2' ? failure('answered 500', 'answer', 500) : OK);
  delivery.trigger();
  await vi.waitFor(() => expect(failed).toEqual(['a']), DEADLINE);
  expect(sent).toEqual(['a 1', 'a 2']);
  expect(advanced).toEqual([{ id: 'a', position: 1, delivered: true }]);
  expect(
    recorded.map(
      ([
        {
          receiverId,
          message,
          delivery: { status },
        },
      ]) => [receiverId, message.id, status],
    ),
  ).toEqual([
    ['a', 'a-1', 204],
    ['a', 'a-2', 500],
  ]);
});

it('what is not for a webhook is passed over without a request, and is no delivery', async () => {
  waiting.set('a', ['', '2']);
  delivery.trigger();
  await vi.waitFor(() => expect(advanced).toHaveLength(2), DEADLINE);
  expect([sent, advanced.map(({ delivered }) => delivered)]).toEqual([['a 2'], [false, true]]);
});

it('who has lost its lease sends nothing more', async () => {
  waiting.set('a', ['1', '2']);
  keepsLease = false;
  delivery.trigger();
  await vi.waitFor(() => expect(advanced).toHaveLength(1), DEADLINE);
  await delivery.stop();
  expect(sent).toEqual(['a 1']);
});
