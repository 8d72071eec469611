import { expect } from 'vitest';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { WebhookDelivery } from '#libs/notifications/webhooks/webhook-delivery.service.js';
import { eventually } from './eventually.js';
import { TestSystem } from './test-system.js';
import { WebhookReceiver } from './webhook-receiver.js';

export const WEBHOOKS = '/v1/webhooks';
export const soon = (check: () => void | Promise<void>) => eventually(check);

export interface MadeWebhook {
  id: string;
  secret: string;
}

/** Api, worker, a back end with a key that may act for users, and its receiver. */
export class WebhookSystem {
  private people = 0;

  private constructor(
    readonly system: TestSystem,
    readonly receiver: WebhookReceiver,
    readonly backEnd: string,
  ) {}

  static async start(): Promise<WebhookSystem> {
    const overrides = { WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1', WEBHOOK_TIMEOUT_SECONDS: '1.5' };
    const system = await TestSystem.start({ worker: true, overrides });
    return new WebhookSystem(
      system,
      await new WebhookReceiver().start(),
      await system.key(['act-as'], 'push'),
    );
  }

  async close(): Promise<void> {
    this.receiver.stop();
    await this.system.close();
  }

  async sql(statement: string, values: unknown[] = []) {
    return (await this.system.environment.owner.query(statement, values)).rows;
  }

  /** A user to whom nobody else sends a notification. */
  somebody(): string {
    this.people += 1;
    return `person-${this.people}`;
  }

  /** Lets 700 users follow a use case: more than one message names. @param name their ids begin with it */
  async crowd(name: string, useCase: string): Promise<void> {
    await this.sql(
      `INSERT INTO ai_conversations (id, user_id, use_case)
       SELECT $1 || '-' || n, $1 || '-' || to_char(n, 'FM0000'), $2 FROM generate_series(1, 700) n`,
      [name, useCase],
    );
    await this.sql(
      `INSERT INTO ai_conversation_follows (conversation_id, use_case, after_seq)
       SELECT c.id, u.name, u.switch_seq FROM ai_conversations c JOIN use_cases u ON u.name = c.use_case
       WHERE c.id LIKE $1 || '-%'`,
      [name],
    );
  }

  /** Stores a notification without a switch; it is published soon. @param user null: operators */
  async say(user: string | null, message = 'm', silent = false): Promise<void> {
    await this.sql(
      `INSERT INTO notifications (id, kind, audience, user_id, type, title, message, model_id, model_name, silent, occurred_at)
       VALUES (gen_random_uuid(), 'switch', $1, $2, 'auto', 't', $3, 'm', 'm', $4, clock_timestamp())`,
      [user === null ? 'operators' : 'user', user, message, silent],
    );
    this.system.api.get(NotificationPublisher, { strict: false }).trigger();
  }

  create(url: string, feed = 'users', token = this.backEnd) {
    return this.system.call('POST', WEBHOOKS, { url, feed }, { token });
  }

  async webhook(path: string, feed = 'users', token = this.backEnd): Promise<MadeWebhook> {
    const made = await this.create(this.receiver.url(path), feed, token);
    expect(made).toMatchObject({ status: 201, body: { feed, status: 'active', failures: 0 } });
    return made.body;
  }

  post(id: string, what: string, body?: object) {
    return this.system.call('POST', `${WEBHOOKS}/${id}/${what}`, body, { token: this.backEnd });
  }

  async state(id: string) {
    return (await this.system.get(`${WEBHOOKS}/${id}`, { token: this.backEnd })).body;
  }

  remove(id: string) {
    return this.system.call('DELETE', `${WEBHOOKS}/${id}`, undefined, { token: this.backEnd });
  }

  /** Retries now, as it would by itself after a while. */
  async tryNow(id: string): Promise<void> {
    await this.sql('UPDATE webhooks SET next_attempt_at = now(), leased_until = NULL WHERE id = $1', [id]);
    this.system.api.get(WebhookDelivery, { strict: false }).trigger();
  }

  /** Texts for a user, in the order of arrival. */
  textsAt(path: string, user: string): string[] {
    return this.receiver
      .at(path)
      .filter(({ message }) => message.data.recipients?.includes(user))
      .map(({ message }) => message.data.message);
  }
}
