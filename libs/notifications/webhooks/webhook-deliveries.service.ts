import { Injectable, Logger } from '@nestjs/common';
import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import { pageOf } from '#libs/platform/paging/page.js';
import { DeliveryRecorder } from '../delivery/delivery.recorder.js';
import type { AttemptFilter, AttemptPage, DeliveryAttempt } from '../delivery/delivery-attempt.js';
import { DeliveryAttemptsRepository } from '../delivery/delivery-attempts.repository.js';
import { WebhookMessages } from './webhook-messages.js';
import { WebhookSender } from './webhook-sender.js';
import {
  DeliveryNotFoundError,
  DeliveryNotResendableError,
  WebhookNotFoundError,
  WebhookWaitingError,
} from './webhooks.errors.js';
import { WebhooksRepository } from './webhooks.repository.js';
import { ownerFilterOf, WebhooksService } from './webhooks.service.js';

/** Lists attempts to deliver, and sends single messages again. */
@Injectable()
export class WebhookDeliveriesService {
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly webhooks: WebhooksService,
    private readonly repository: WebhooksRepository,
    private readonly attempts: DeliveryAttemptsRepository,
    private readonly messages: WebhookMessages,
    private readonly sender: WebhookSender,
    private readonly recorder: DeliveryRecorder,
  ) {}

  /**
   * Lists the attempts of the caller's webhooks, newest first; with the scope admin, of all webhooks.
   * @throws ForbiddenError, WebhookNotFoundError
   */
  async list(
    filter: AttemptFilter,
    { limit, cursor }: { limit: number; cursor?: number },
    principal: Principal,
  ): Promise<AttemptPage<DeliveryAttempt>> {
    if (filter.webhookId !== undefined) await this.webhooks.find(filter.webhookId, principal);
    const found = await this.attempts.list(ownerFilterOf(principal), filter, limit + 1, cursor);
    const { items, next } = pageOf(found, limit);
    return { items, nextCursor: next ? String(next.id) : null };
  }

  /**
   * Sends the message of an attempt once more, with the same `webhook-id`, and returns the new attempt. The position
   * of the webhook stays.
   * @throws ForbiddenError, WebhookNotFoundError, DeliveryNotFoundError, WebhookWaitingError, DeliveryNotResendableError
   */
  async resend(webhookId: string, attemptId: number, principal: Principal): Promise<DeliveryAttempt> {
    const { feed, status } = await this.webhooks.find(webhookId, principal);
    if (status === 'waiting') throw new WebhookWaitingError(webhookId);
    const { messageId } = await this.find(attemptId, webhookId);
    const message = await this.messages.again(feed, messageId);
    if (!message) throw new DeliveryNotResendableError(attemptId);
    const receiver = await this.repository.receiver(webhookId, null);
    if (!receiver) throw new WebhookNotFoundError(webhookId);
    const began = performance.now();
    const delivery = await this.sender.send(receiver, message);
    const sent = { receiverId: webhookId, message, delivery, durationMs: performance.now() - began };
    const id = await this.recorder.recordResend(sent, actorOf(principal));
    this.logger.log(`delivery ${attemptId} of webhook ${webhookId} was resent by ${actorOf(principal)}`);
    return this.find(id, webhookId);
  }

  private async find(id: number, webhookId: string): Promise<DeliveryAttempt> {
    const found = await this.attempts.find(id, webhookId);
    if (!found) throw new DeliveryNotFoundError(id);
    return found;
  }
}
