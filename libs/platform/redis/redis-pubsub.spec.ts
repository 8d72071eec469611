import { EventEmitter } from 'node:events';
import { Logger } from '@nestjs/common';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { Metrics } from '../telemetry/metrics.js';
import { defineChannel, jsonOf } from './define-channel.js';
import { reconnect } from './redis-client.js';
import type { RedisConnections } from './redis-connections.js';
import { RedisPubSub } from './redis-pubsub.js';
import { RedisRejections } from './redis-rejections.js';

/** The two connections of a process, of which a test may cut both. */
class FakeConnections {
  away = false;
  readonly sent: [channel: string, message: string][] = [];
  readonly subscribed: string[] = [];
  readonly commands = { publish: async (channel: string, message: string) => this.send(channel, message) };
  readonly subscriber = Object.assign(new EventEmitter(), {
    subscribe: async (channel: string) => {
      this.assertReachable();
      this.subscribed.push(channel);
    },
  });

  key(name: string): string {
    return `prefix:${name}`;
  }
  private async send(channel: string, message: string): Promise<number> {
    this.assertReachable();
    return this.sent.push([channel, message]);
  }
  private assertReachable(): void {
    if (this.away) throw new Error('Redis is away');
  }
}

const NEWS = defineChannel({ name: 'news', format: z.string() });
const WEATHER = defineChannel({ name: 'weather', format: jsonOf(z.object({ degrees: z.number() })) });

let metrics: Metrics;
let redis: FakeConnections;
let pubSub: RedisPubSub;
beforeEach(() => {
  Logger.overrideLogger(false);
  metrics = new Metrics();
  redis = new FakeConnections();
  pubSub = new RedisPubSub(redis as unknown as RedisConnections, new RedisRejections(metrics));
  pubSub.onModuleInit();
});

describe('the bus', () => {
  it('uses channels with its own prefix, so that two systems may share a Redis', () => {
    const heard = vi.fn();
    pubSub.on(NEWS, heard);
    pubSub.publish(NEWS, 'hello');
    expect(redis.subscribed).toEqual(['prefix:news']);
    expect(redis.sent).toEqual([['prefix:news', 'hello']]);
    redis.subscriber.emit('message', 'other:news', 'not for us');
    redis.subscriber.emit('message', 'prefix:news', 'for us');
    expect(heard.mock.calls).toEqual([['for us']]);
  });

  it('notifies every listener of a channel, and nobody else', () => {
    const [first, second, other] = [vi.fn(), vi.fn(), vi.fn()];
    pubSub.on(NEWS, first);
    pubSub.on(NEWS, second);
    pubSub.on(WEATHER, other);
    redis.subscriber.emit('message', 'prefix:news', 'x');
    expect([first, second, other].map((handler) => handler.mock.calls.length)).toEqual([1, 1, 0]);
  });

  it('sends and receives what the format of a channel says, without fields that it does not know', () => {
    const heard = vi.fn();
    pubSub.on(WEATHER, heard);
    pubSub.publish(WEATHER, { degrees: 21 });
    expect(redis.sent).toEqual([['prefix:weather', '{"degrees":21}']]);
    redis.subscriber.emit('message', 'prefix:weather', '{"degrees":7,"wind":"of a later release"}');
    expect(heard.mock.calls).toEqual([[{ degrees: 7 }]]);
  });

  it.each(['', 'garbage', '{', 'null', '[]', '"x"', '{"degrees":"warm"}', '{"degrees":1e999}', '\u0000'])(
    'counts the message %j, which does not fit, and calls that something was missed',
    async (text) => {
      const [heard, missed] = [vi.fn(), vi.fn()];
      pubSub.on(WEATHER, heard, missed);
      redis.subscriber.emit('message', 'prefix:weather', text);
      expect([heard.mock.calls.length, missed.mock.calls.length]).toEqual([0, 1]);
      expect(await metrics.text()).toContain('orchestrator_redis_rejected_total{source="weather"} 1');
    },
  );

  it('notifies each time that the subscription is restored', () => {
    const [first, second] = [vi.fn(), vi.fn()];
    pubSub.onConnected(first);
    pubSub.onConnected(second);
    redis.subscriber.emit('ready');
    redis.subscriber.emit('ready');
    expect([first, second].map((handler) => handler.mock.calls.length)).toEqual([2, 2]);
  });

  it('fails neither a publisher nor a listener while Redis is away', async () => {
    redis.away = true;
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    pubSub.publish(NEWS, 'lost');
    pubSub.on(NEWS, vi.fn());
    await new Promise(setImmediate);
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(redis.sent).toEqual([]);
  });
});

it('a lost connection is tried again soon at first, and never less often than every two seconds', () => {
  const pauses = [1, 2, 10, 20, 21, 10_000].map(reconnect);
  expect(pauses).toEqual([100, 200, 1_000, 2_000, 2_000, 2_000]);
});
