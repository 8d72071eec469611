import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { type TestEmulator, testEmulator } from './bedrock-emulator.js';
import { ChatClient } from './chat-client.js';
import { TestSystem } from './test-system.js';

export const SONNET = 'eu.anthropic.claude-sonnet-4-6';
export const HAIKU = 'eu.anthropic.claude-haiku-4-5-20251001-v1:0';
export const OPUS = 'eu.anthropic.claude-opus-4-7';
export const NOVA_MICRO = 'eu.amazon.nova-micro-v1:0';
export const NOVA_LITE = 'eu.amazon.nova-lite-v1:0';

/** Short enough for a test, long enough for a busy machine. */
const HASTY = {
  CHAT_DEADLINE_SECONDS: '4',
  CHAT_FIRST_TEXT_SECONDS: '0.5',
  CHAT_IDLE_SECONDS: '0.5',
  BREAKER_PROBE_SECONDS: '0.5',
};

/** The api on a real port over the emulated Bedrock. */
export class ChatSystem extends ChatClient {
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
    const overrides = { ...emulator.settings, ...HASTY, ...options.overrides };
    const system = await TestSystem.start({ worker: options.worker, overrides });
    await system.api.listen(0, '127.0.0.1');
    return new ChatSystem(system, emulator, await system.api.getUrl());
  }

  async close(): Promise<void> {
    await this.system.close();
    await this.emulator.close();
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
