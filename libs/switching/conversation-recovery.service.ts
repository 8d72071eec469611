import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { BreakersService } from '#libs/breakers/breakers.service.js';
import type { Model, UseCase } from '#libs/catalogue/catalogue.js';
import { CatalogueService } from '#libs/catalogue/catalogue.service.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Conversation } from './conversation.js';
import { ConversationsRepository, type PinnedModel } from './conversations.repository.js';
import type { SwitchOutcome } from './switch.js';
import { SwitchService } from './switch.service.js';

const RECOVERY_BATCH_SIZE = 200;
const UNPIN_BATCH_SIZE = 1_000;
const RETRY_MS = 60_000;

/** Switches conversations off failing models, and back, like any other switch with audit row and notification. */
@Injectable()
export class ConversationRecoveryService {
  private readonly logger = new Logger('Recovery');
  /** Last conversation of the previous `unpinDue`; '': the next run starts with the first one. */
  private unpinnedUpTo = '';

  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly switching: SwitchService,
    private readonly breakers: BreakersService,
    private readonly clock: Clock,
    private readonly catalogue: CatalogueService,
  ) {}

  /** Recovers every fallback that is due. A failure does not block the others. */
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

  /** Recovers the conversation, if its cool-down is over and the failed model is selectable. */
  async recover(conversationId: string): Promise<SwitchOutcome> {
    return this.switching.execute(
      { kind: 'recovery', conversationId, showNotification: true, dryRun: false },
      { principal: { kind: 'system', name: 'recovery' }, requestId: randomUUID() },
    );
  }

  /**
   * Recovers a conversation before its next message, if that is possible.
   * @returns undefined: there is no fallback to recover from, or it is too early
   */
  async recoverIfHealthy({ id, pin }: Conversation): Promise<SwitchOutcome | undefined> {
    if (pin?.kind !== 'fallback') return undefined;
    this.breakers.recheckSoon(pin.failedModelId);
    const isEarly = Date.parse(pin.recheckAt) > this.clock.millis();
    return isEarly || this.breakers.isOpen(pin.failedModelId) ? undefined : this.recover(id);
  }

  /** Pins the conversation to its next candidate until the breaker of the failed model closes. */
  async fallbackTo({ id }: Conversation, failed: Model, showNotification: boolean): Promise<SwitchOutcome> {
    return this.switching.execute(
      {
        kind: 'fallback',
        conversationId: id,
        failedModelId: failed.id,
        avoid: this.breakers.openModels(),
        coolDownSeconds: this.breakers.secondsUntilProbe(failed.id),
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

  /**
   * Unpins up to a thousand conversations from models that are not selectable in their use case (failed, ended, retired,
   * or no candidate where it is reviewed). Another model answers there already, and each switch is recorded and notified.
   * The next call continues after them, so that a thousand that cannot be unpinned do not block the others.
   */
  async unpinDue(): Promise<void> {
    const pinned = await this.conversations.pinnedModels();
    const unfit = this.useCasesWithModels().flatMap((useCase) => this.unfitIn(useCase, pinned));
    if (unfit.length === 0) return;
    const ids = await this.conversations.pinnedTo(unfit, this.unpinnedUpTo, UNPIN_BATCH_SIZE);
    this.unpinnedUpTo = ids.length === UNPIN_BATCH_SIZE ? ids.at(-1)! : '';
    for (const id of ids) await this.unpin(id);
  }

  private async unpin(conversationId: string): Promise<void> {
    try {
      await this.switching.execute(
        { kind: 'unpin', conversationId, showNotification: true, dryRun: false },
        // Sealed audit rows contain this actor's name.
        { principal: { kind: 'system', name: 'release' }, requestId: randomUUID() },
      );
    } catch (error) {
      this.logger.warn(`conversation ${conversationId} stays on its pin: ${(error as Error).message}`);
    }
  }

  /** Returns the use cases with a selectable model: an unpin would fail in all others. */
  private useCasesWithModels(): UseCase[] {
    return this.catalogue
      .snapshot()
      .useCases.filter(({ name }) =>
        this.catalogue.candidatesOf(name).candidates.some(({ selectable }) => selectable),
      );
  }

  private unfitIn(useCase: UseCase, modelIds: readonly string[]): PinnedModel[] {
    return modelIds
      .filter((id) => this.catalogue.selectabilityOf(id, useCase).reasons.length > 0)
      .map((modelId) => ({ modelId, useCase: useCase.name }));
  }
}
