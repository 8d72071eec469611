import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { FaultInput } from '../../apps/bedrock-emulator/src/faults.js';
import { ChatSystem, HAIKU, NOVA_LITE, NOVA_MICRO, OPUS, PIXTRAL, SONNET } from './chat-system.js';
import { RecordingProxy } from './recording-proxy.js';
import { WireClient } from './wire-client.js';

/** The api with a client of Amazon Bedrock before it, and every byte that reaches the emulator. */
export class WireSystem {
  private constructor(
    readonly upstream: RecordingProxy,
    readonly chats: ChatSystem,
    readonly wire: WireClient,
  ) {}

  static async start(overrides: Record<string, string> = {}): Promise<WireSystem> {
    const upstream = await RecordingProxy.start();
    const chats = await ChatSystem.start({
      worker: true,
      paceMs: 2,
      overrides: { AWS_ENDPOINT_URL_BEDROCK_RUNTIME: upstream.url, ...overrides },
    });
    upstream.target = chats.emulator.url;
    return new WireSystem(upstream, chats, new WireClient(chats.url));
  }

  async close(): Promise<void> {
    this.wire.close();
    await this.chats.close();
    await this.upstream.close();
  }

  /** Closes all breakers, and forgets faults and calls. */
  reset(): void {
    this.closeBreakers();
    this.chats.emulator.reset();
    this.upstream.exchanges = [];
  }

  closeBreakers(): void {
    const breakers = this.chats.system.api.get(BreakersService, { strict: false });
    for (const id of [SONNET, HAIKU, OPUS, NOVA_LITE, NOVA_MICRO, PIXTRAL]) breakers.close(id);
  }

  /** Ids of the models that were asked, in their order. */
  asked(): (string | null)[] {
    return this.chats.emulator.calls().calls.map(({ modelId }) => modelId);
  }

  /** The row of a call. */
  async rowOf(id: string | null | undefined) {
    return (await this.chats.rows('SELECT * FROM model_invocations WHERE id = $1', [id]))[0];
  }
}

export const onSonnet = (fault: object) => ({ modelId: SONNET, ...fault }) as FaultInput;
export const error = (name: string, extra: object = {}) => ({ kind: 'error', name, ...extra }) as FaultInput;

/** The error that an SDK throws. */
export const failureOf = (call: Promise<unknown>) =>
  call.then(
    () => {
      throw new Error('the call succeeded');
    },
    // biome-ignore lint/suspicious/noExplicitAny: errors of the SDK
    (failure: any) => failure,
  );
