import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { assertUserAllowed } from '#libs/platform/auth/key-limits.js';
import { actorOf, hasScope, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { ForbiddenError, InvalidInputError } from '#libs/platform/errors/errors.js';
import type { Delivery } from '../delivery/delivery.js';
import type { Feed, Webhook, WebhookSettings } from './webhook.js';
import { WebhookSecrets } from './webhook-secrets.js';
import { WebhookSender } from './webhook-sender.js';
import { TooManyWebhooksError, WebhookNotFoundError } from './webhooks.errors.js';
import { WebhooksRepository } from './webhooks.repository.js';

const PER_KEY = 10;

export interface WebhookWithSecret {
  webhook: Webhook;
  /** Returned only once. */
  secret: string;
}

/** Manages webhooks. A webhook belongs to a key and to its successors by rotation. */
@Injectable()
export class WebhooksService {
  private readonly logger = new Logger('Webhooks');

  constructor(
    private readonly webhooks: WebhooksRepository,
    private readonly secrets: WebhookSecrets,
    private readonly sender: WebhookSender,
    private readonly clock: Clock,
  ) {}

  /** @throws ForbiddenError, InvalidInputError, TooManyWebhooksError, WebhooksNotConfiguredError */
  async create(url: string, feed: Feed, principal: Principal): Promise<WebhookWithSecret> {
    const owner = ownerFor(feed, principal);
    const made = this.newWebhook({ owner, feed, url });
    if (!(await this.webhooks.insert(made, PER_KEY, actorOf(principal))))
      throw new TooManyWebhooksError(PER_KEY);
    return this.withSecret(made.id, made.secretId);
  }

  /** Reads the settings of all webhooks within a transaction. */
  async settings(tx: Transaction): Promise<WebhookSettings[]> {
    const all = await this.webhooks.list(null, tx);
    return all.map(({ owner, feed, url }) => ({ owner, feed, url }));
  }

  /**
   * Creates a webhook for any owner, within a transaction of an administrator. Without a valid key of its owner it waits.
   * @returns its secret. @throws InvalidInputError, TooManyWebhooksError, WebhooksNotConfiguredError
   */
  async createWithin(tx: Transaction, settings: WebhookSettings, principal: Principal): Promise<string> {
    const made = this.newWebhook(settings);
    if (!(await this.webhooks.insertWithin(tx, made, PER_KEY, actorOf(principal))))
      throw new TooManyWebhooksError(PER_KEY);
    return this.secrets.secretOf(made.id, made.secretId)!;
  }

  /** Lists the caller's own webhooks; with the scope admin, all. @throws ForbiddenError */
  async list(principal: Principal): Promise<Webhook[]> {
    return this.webhooks.list(ownerFilterOf(principal));
  }

  /** @throws ForbiddenError, WebhookNotFoundError */
  async find(id: string, principal: Principal): Promise<Webhook> {
    return existing(id, await this.webhooks.find(id, ownerFilterOf(principal)));
  }

  /** @returns the deleted webhook. @throws ForbiddenError, WebhookNotFoundError */
  async delete(id: string, principal: Principal): Promise<Webhook> {
    const found = await this.find(id, principal);
    await this.webhooks.delete(id, actorOf(principal));
    this.logger.log(`webhook ${id} of ${found.owner} was deleted by ${actorOf(principal)}`);
    return found;
  }

  /** @throws ForbiddenError, WebhookNotFoundError, WebhooksNotConfiguredError */
  async rotate(id: string, overlapSeconds: number, principal: Principal): Promise<WebhookWithSecret> {
    const { owner } = await this.find(id, principal);
    const secretId = this.secrets.newSecretId();
    await this.webhooks.rotate(id, secretId, overlapSeconds, actorOf(principal));
    this.logger.log(`the secret of webhook ${id} of ${owner} was rotated by ${actorOf(principal)}`);
    return this.withSecret(id, secretId);
  }

  /**
   * Sends a test message without content, once, and returns the result. @throws ForbiddenError, WebhookNotFoundError
   */
  async test(id: string, principal: Principal): Promise<Delivery> {
    const receiver = existing(id, await this.webhooks.receiver(id, ownerFilterOf(principal)));
    const timestamp = this.clock.now().toISOString();
    const body = JSON.stringify({ type: 'webhook.test', timestamp, data: { webhookId: id } });
    return this.sender.send(receiver, { id: randomUUID(), body });
  }

  /**
   * Resumes delivery, also of a disabled webhook.
   * @param after `seq` after which everything is delivered (again); undefined: from its position
   * @throws ForbiddenError, WebhookNotFoundError
   */
  async resume(id: string, after: number | undefined, principal: Principal): Promise<Webhook> {
    await this.find(id, principal);
    await this.webhooks.resume(id, after ?? null);
    return this.find(id, principal);
  }

  /** @throws InvalidInputError, WebhooksNotConfiguredError */
  private newWebhook(settings: WebhookSettings) {
    this.requireAllowedUrl(settings.url);
    return {
      ...settings,
      id: randomUUID(),
      secretId: this.secrets.newSecretId(),
      createdAt: this.clock.now(),
    };
  }

  private requireAllowedUrl(url: string): void {
    if (this.sender.mayBeAt(new URL(url))) return;
    const message =
      'must begin with https:// (http:// only for an address of this machine in WEBHOOK_ALLOWED_ADDRESSES)';
    throw new InvalidInputError([{ field: 'url', message }]);
  }

  private async withSecret(id: string, secretId: string): Promise<WebhookWithSecret> {
    return {
      webhook: existing(id, await this.webhooks.find(id, null)),
      secret: this.secrets.secretOf(id, secretId)!,
    };
  }
}

const OF_KEYS =
  'Webhooks belong to service keys: create one with a key. A person with the scope admin sees and changes those of all keys';

/** Checks the rights of the list: users' notifications need act-as, operators' need operate or read. */
function ownerFor(feed: Feed, principal: Principal): string {
  const scopes = feed === 'users' ? (['act-as'] as const) : (['operate', 'read'] as const);
  if (principal.kind === 'person') throw new ForbiddenError(OF_KEYS);
  if (principal.kind !== 'service' || !scopes.some((scope) => hasScope(principal, scope)))
    throw new ForbiddenError(
      `A webhook for the feed ${feed} needs a service key with the scope ${scopes.join(' or ')}`,
    );
  if (feed === 'users') assertUserAllowed(principal, undefined);
  return principal.owner ?? principal.name;
}

/** Returns the owner whose webhooks the caller may see; null: all. @throws ForbiddenError */
export function ownerFilterOf(principal: Principal): string | null {
  if (hasScope(principal, 'admin')) return null;
  if (
    principal.kind === 'service' &&
    (['act-as', 'operate', 'read'] as const).some((scope) => hasScope(principal, scope))
  )
    return principal.owner ?? principal.name;
  if (principal.kind === 'person') throw new ForbiddenError(OF_KEYS);
  throw new ForbiddenError('Webhooks need a service key with the scope act-as, operate, read or admin');
}

function existing<T>(id: string, found: T | null): T {
  if (found === null) throw new WebhookNotFoundError(id);
  return found;
}
