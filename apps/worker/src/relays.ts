import { Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { ChangeClock } from '#libs/change-control/change-clock.service.js';
import { ChannelDelivery } from '#libs/notifications/channels/channel-delivery.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { NotificationSignal } from '#libs/notifications/notification-signal.js';
import { WebhookDelivery } from '#libs/notifications/webhooks/webhook-delivery.service.js';
import { OutboxService } from '#libs/platform/outbox/outbox.service.js';
import { OutboxRelay } from '#libs/platform/outbox/outbox-relay.js';
import { OutboxSignal } from '#libs/platform/outbox/outbox-signal.js';
import { CoalescingTask } from '#libs/platform/process/coalescing-task.js';
import { JobQueue } from '#libs/platform/queue/job-queue.js';
import { MoveRunner } from '#libs/switching/moves/move-runner.service.js';
import { MoveSignal } from '#libs/switching/moves/move-signal.js';
import { recordSwitch } from '#libs/switching/switching.jobs.js';
import { SweepRequestsService } from '#libs/validation/sweep-requests.service.js';
import { sweepModels } from '#libs/validation/validation.jobs.js';

/** Interval of polling without a signal: Redis may be unavailable, and failures are retried. */
const POLL_MS = 1_000;

/** Hands switches without an audit row to the queue, for as long as this worker runs. */
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

/** Hands requested sweeps to the queue: a request that is there already is not added again. */
@Injectable()
export class SweepRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly relay = new CoalescingTask(
    () => this.handOver(),
    (error) => this.logger.debug(`requested sweeps wait: ${error.message}`),
  );
  private readonly logger = new Logger('SweepRelay');
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly requests: SweepRequestsService,
    private readonly queue: JobQueue,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.relay.trigger(), POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.relay.idle();
  }

  private async handOver(): Promise<void> {
    const ids = await this.requests.waiting();
    if (ids.length > 0)
      await this.queue.addBulk(
        sweepModels,
        ids.map((id) => ({ id, payload: {} })),
      );
  }
}

/** Publishes notifications that others have stored, or that a worker left when it died. */
@Injectable()
export class NotificationRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly publisher: NotificationPublisher) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => this.publisher.trigger(), POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await this.publisher.idle();
  }
}

/** Delivers notifications to webhooks and channels. */
@Injectable()
export class DeliveryRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly webhooks: WebhookDelivery,
    private readonly channels: ChannelDelivery,
    private readonly signal: NotificationSignal,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.onNotify(() => this.trigger());
    this.timer = setInterval(() => this.trigger(), POLL_MS);
  }

  async onApplicationShutdown(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all([this.webhooks.stop(), this.channels.stop()]);
  }

  private trigger(): void {
    this.webhooks.trigger();
    this.channels.trigger();
  }
}

/** Works on moves off models. It needs PostgreSQL alone: while Redis is unavailable it polls. */
@Injectable()
export class MoveRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly runner: MoveRunner,
    private readonly signal: MoveSignal,
  ) {}

  onApplicationBootstrap(): void {
    this.signal.onNotify(() => this.runner.trigger());
    this.runner.start(POLL_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.runner.stop();
  }
}

/** Interval of the change clock. */
const CLOCK_MS = 5_000;

/** Applies scheduled changes. It needs PostgreSQL alone. */
@Injectable()
export class ChangeClockRelay implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(private readonly changes: ChangeClock) {}

  onApplicationBootstrap(): void {
    this.changes.trigger();
    this.changes.start(CLOCK_MS);
  }

  onApplicationShutdown(): Promise<void> {
    return this.changes.stop();
  }
}
