import { Processor } from '@nestjs/bullmq';
import { AuditService } from '#libs/audit/audit.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { recordSwitch } from '#libs/switching/switching.jobs.js';

/** A few groups at a time: while one waits for the disk the next is written. */
@Processor(recordSwitch.name, { ...WORKER_OPTIONS, concurrency: 4 })
export class RecordSwitchProcessor extends JobProcessor<{ id: string; others: string[] }> {
  readonly definition = recordSwitch;

  constructor(
    queue: JobQueue,
    private readonly audit: AuditService,
    private readonly publisher: NotificationPublisher,
  ) {
    super(queue);
  }

  protected async handle({ id, others }: { id: string; others: string[] }): Promise<void> {
    await this.audit.record(id, others);
    this.publisher.trigger();
  }
}
