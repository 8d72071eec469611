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
