import { Processor } from '@nestjs/bullmq';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { JobProcessor, WORKER_OPTIONS } from '#libs/platform/queue/job-processor.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { AuditService } from '#libs/switching/audit.service.js';
import { recordSwitch } from '#libs/switching/switching.jobs.js';

@Processor(recordSwitch.name, { ...WORKER_OPTIONS, concurrency: 8 })
export class RecordSwitchProcessor extends JobProcessor<{ id: string }> {
  readonly definition = recordSwitch;

  constructor(
    queue: JobQueue,
    private readonly audit: AuditService,
    private readonly publisher: NotificationPublisher,
  ) {
    super(queue);
  }

  protected async handle({ id }: { id: string }): Promise<void> {
    await this.audit.record(id);
    this.publisher.wake();
  }
}
