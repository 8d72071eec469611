import { AppError } from '#libs/platform/errors/app-error.js';

/** Thrown also for a webhook of another key, to hide whether it exists. */
export class WebhookNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'webhook_not_found';
  constructor(id: string) {
    super(`Webhook ${id} does not exist, or is not yours`);
  }
}

export class TooManyWebhooksError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'too_many_webhooks';
  constructor(most: number) {
    super(`A key may have at most ${most} webhooks: delete a webhook first`);
  }
}

export class WebhooksNotConfiguredError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'webhooks_not_configured';
  constructor() {
    super('WEBHOOK_SIGNING_KEYS is not set, so webhooks can have no secret: set it as in .env.example');
  }
}

export class DeliveryNotFoundError extends AppError {
  readonly kind = 'not_found';
  readonly code = 'delivery_not_found';
  constructor(id: number) {
    super(`Delivery ${id} does not exist, is of another webhook, or is no longer kept`);
  }
}

/** Thrown where the same `webhook-id` would not have the same content. */
export class DeliveryNotResendableError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'delivery_not_resendable';
  constructor(id: number) {
    super(
      `Delivery ${id} cannot be sent again: its notification is no longer kept, or its recipients have changed`,
    );
  }
}

export class WebhookWaitingError extends AppError {
  readonly kind = 'conflict';
  readonly code = 'webhook_waiting';
  constructor(id: string) {
    super(`Webhook ${id} has no valid key that may get its feed, so nothing is sent to it`);
  }
}
