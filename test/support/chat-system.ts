import { vi } from 'vitest';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { RedisConnections } from '#libs/platform/redis/redis-connections.js';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import type { ApiInstance } from './api-instance.js';
import { type TestEmulator, testEmulator } from './bedrock-emulator.js';
import { ChatClient } from './chat-client.js';
import { TestSystem } from './test-system.js';

export const SONNET = 'eu.anthropic.claude-sonnet-4-6';
export const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
export const OPUS = 'eu.anthropic.claude-opus-4-7';
export const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
export const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';
export const PIXTRAL = 'eu.mistral.pixtral-large-2502-v1:0';

/**
 * A slow machine is no silent model: tests of silent models set other limits. A model is probed when a test says so, by
 * `expireBreakers`.
 */
const PATIENT = {
  CHAT_DEADLINE_SECONDS: '100',
  CHAT_FIRST_TEXT_SECONDS: '30',
  CHAT_IDLE_SECONDS: '30',
  BREAKER_PROBE_SECONDS: '3600',
};
const DAY_MS = 86_400_000;

/** The api on a real port over the emulated Bedrock. */
export class ChatSystem extends ChatClient {
  private passedMs = 0;

  private constructor(
    readonly system: TestSystem,
    readonly emulator: TestEmulator,
    url: string,
  ) {
    super(url);
  }

  static async start(
    options: { worker?: boolean; overrides?: Record<string, string>; paceMs?: number } = {},
  ): Promise<ChatSystem> {
    const emulator = await testEmulator({ paceMs: options.paceMs });
    const overrides = { ...emulator.settings, ...PATIENT, ...options.overrides };
    const system = await TestSystem.start({ worker: options.worker, overrides });
    await system.api.listen(0, '127.0.0.1');
    return new ChatSystem(system, emulator, await system.api.getUrl());
  }

  async close(): Promise<void> {
    await this.system.close();
    await this.emulator.close();
  }

  /** Lets the pause of every open breaker go by, for the api and for other instances, so that the next call probes. */
  async expireBreakers(...others: ApiInstance[]): Promise<void> {
    this.passedMs += DAY_MS;
    for (const clock of [this.system.api.get(Clock), ...others.map((other) => other.service(Clock))]) {
      vi.spyOn(clock, 'millis').mockImplementation(() => Date.now() + this.passedMs);
      vi.spyOn(clock, 'now').mockImplementation(() => new Date(Date.now() + this.passedMs));
    }
    const redis = this.system.api.get(RedisConnections, { strict: false });
    const models = this.system.api.get(BreakersService, { strict: false }).openModels();
    await Promise.all(models.map((id) => redis.commands.del(redis.key(`breaker-probe:${id}`))));
  }

  faults(...faults: FaultInput[]): void {
    this.emulator.setFaults(faults);
  }

  /** How often a model was asked by a chat, less the probes of breakers. */
  asked(modelId: string): number {
    return this.emulator.calls().calls.filter((call) => call.modelId === modelId).length;
  }

  /** Rows that calls of the chat have left, the oldest first. */
  // biome-ignore lint/suspicious/noExplicitAny: rows of every shape
  async rows(sql: string, parameters: unknown[] = []): Promise<any[]> {
    return (await this.system.environment.owner.query(sql, parameters)).rows;
  }
}
