import { Processor } from '@nestjs/bullmq';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { ConversationRecoveryService } from '#libs/switching/conversation-recovery.service.js';
import { recoverConversations } from '#libs/switching/switching.jobs.js';

@Processor(recoverConversations.name, WORKER_OPTIONS)
export class RecoverConversationsProcessor extends JobProcessor<object> {
  readonly definition = recoverConversations;

  constructor(
    queue: JobQueue,
    private readonly recovery: ConversationRecoveryService,
  ) {
    super(queue);
  }

  protected async handle(): Promise<void> {
    await this.recovery.recoverDue();
    await this.recovery.unpinDue();
  }
}
