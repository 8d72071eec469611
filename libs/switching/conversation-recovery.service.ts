import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Model } from '#libs/catalogue/catalogue.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Conversation } from './conversation.js';
import { ConversationsRepository } from './conversations.repository.js';
import type { SwitchOutcome } from './switch.js';
import { SwitchService } from './switch.service.js';

const RECOVERY_BATCH_SIZE = 200;
const RETRY_MS = 60_000;

/** Fallbacks that the service itself decides on, there and back: switches like any other, audited and told. */
@Injectable()
export class ConversationRecoveryService {
  private readonly logger = new Logger('Fallbacks');

  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly switching: SwitchService,
    private readonly breakers: BreakersService,
    private readonly clock: Clock,
  ) {}

  /** Looks at every fallback that is due. One that cannot be brought back does not hold up the others. */
  async recoverDue(): Promise<void> {
    for (const { id, failedModelId } of await this.conversations.dueForRecheck(
      this.clock.now(),
      RECOVERY_BATCH_SIZE,
    )) {
      try {
        if (await this.breakers.recheck(failedModelId)) await this.recover(id);
        else await this.postpone(id, this.breakers.recheckAt(failedModelId));
      } catch (error) {
        await this.postpone(id);
        this.logger.warn(`conversation ${id} stays on its fallback: ${(error as Error).message}`);
      }
    }
  }

  /** Back to where the conversation belongs, if its time has come and the model that failed can be selected. */
  async recover(conversationId: string): Promise<SwitchOutcome> {
    return this.switching.execute(
      { kind: 'recovery', conversationId, showNotification: true, dryRun: false },
      { principal: { kind: 'system', name: 'recovery' }, requestId: randomUUID() },
    );
  }

  /**
   * For a conversation that is about to go on: back, if that is possible by now.
   * @returns undefined: there is nothing to come back from, or it is too early
   */
  async comeBack({ id, pin }: Conversation): Promise<SwitchOutcome | undefined> {
    if (pin?.kind !== 'fallback') return undefined;
    this.breakers.recheckSoon(pin.failedModelId);
    const isEarly = Date.parse(pin.recheckAt) > this.clock.millis();
    return isEarly || this.breakers.isOpen(pin.failedModelId) ? undefined : this.recover(id);
  }

  /** Another model stands in until the breaker of this one closes. */
  async fallbackTo({ id }: Conversation, failed: Model, showNotification: boolean): Promise<SwitchOutcome> {
    return this.switching.execute(
      {
        kind: 'fallback',
        conversationId: id,
        failedModelId: failed.id,
        avoid: this.breakers.openModels(),
        coolDownSeconds: this.breakers.restSeconds(failed.id),
        reason: `${failed.name} does not answer right now`,
        showNotification,
        dryRun: false,
      },
      { principal: { kind: 'system', name: 'chat' }, requestId: randomUUID() },
    );
  }

  private async postpone(id: string, until?: Date): Promise<void> {
    const now = this.clock.now();
    const later = until && until > now ? until : new Date(now.getTime() + RETRY_MS);
    await this.conversations.postponeRecheck(id, later);
  }
}
