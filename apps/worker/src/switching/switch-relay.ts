import { Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { OutboxRelay } from '#libs/platform/outbox/outbox-relay.js';
import { OutboxSignal } from '#libs/platform/outbox/outbox-signal.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { recordSwitch } from '#libs/switching/switching.jobs.js';

/** Hands switches that have no audit row yet to the queue, for as long as this worker runs. */
@Injectable()
export class SwitchRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private relay: OutboxRelay | undefined;

  constructor(
    private readonly outbox: OutboxService,
    private readonly queue: JobQueue,
    private readonly signal: OutboxSignal,
  ) {}

  onApplicationBootstrap(): void {
    this.relay = new OutboxRelay(recordSwitch, this.outbox, this.queue, this.signal);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.relay?.stop();
  }
}
