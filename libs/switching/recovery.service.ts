import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '#libs/platform/clock/clock.js';
import { ConversationsRepository } from './conversations.repository.js';
import { SwitchingService } from './switching.service.js';

const AT_ONCE = 200;
const RETRY_MS = 60_000;

/** The way back from a fallback: a switch like any other, with its own audit row and notification. */
@Injectable()
export class RecoveryService {
  private readonly logger = new Logger('Recovery');

  constructor(
    private readonly conversations: ConversationsRepository,
    private readonly switching: SwitchingService,
    private readonly clock: Clock,
  ) {}

  /** Looks at every fallback that is due. One that cannot be brought back does not hold up the others. */
  async recoverDue(): Promise<void> {
    for (const conversationId of await this.conversations.dueForRecheck(this.clock.now(), AT_ONCE)) {
      try {
        await this.switching.execute(
          { kind: 'recovery', conversationId, showNotification: true, dryRun: false },
          { principal: { kind: 'system', name: 'recovery' }, requestId: randomUUID() },
        );
      } catch (error) {
        await this.conversations.postponeRecheck(
          conversationId,
          new Date(this.clock.now().getTime() + RETRY_MS),
        );
        this.logger.warn(`conversation ${conversationId} stays on its fallback: ${(error as Error).message}`);
      }
    }
  }
}
