import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { expect } from 'vitest';
import { ChannelDelivery } from '#libs/notifications/channels/channel-delivery.service.js';
import { NotificationPublisher } from '#libs/notifications/notification-publisher.js';
import { eventually } from './eventually.js';
import { TestSystem } from './test-system.js';
import { WebhookReceiver } from './webhook-receiver.js';

export const CHANNELS = '/v1/channels';
export const soon = (check: () => void | Promise<void>) => eventually(check);

/** Token of Slack's URL: a secret that may be nowhere. */
export const SLACK_TOKEN = 'T0SECRET-B0SECRET-slacktoken';
export const SMTP_PASSWORD = 'smtp-password-that-is-secret';

/** Mail server on this machine: keeps what it gets. */
export class MailServer {
  readonly mails: string[] = [];
  /** Answers to `MAIL FROM`; null: accepts. */
  refusal: (Error & { responseCode?: number }) | null = null;
  private readonly server: SMTPServer;

  constructor(options: SMTPServerOptions = {}) {
    this.server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: true,
      disabledCommands: options.secure ? [] : ['STARTTLS'],
      onAuth: ({ password }, _session, done) =>
        password === SMTP_PASSWORD ? done(null, { user: 'ops' }) : done(new Error(`no ${password}`)),
      onMailFrom: (_address, _session, done) => done(this.refusal),
      onData: (stream, _session, done) => {
        void text(stream).then((mail) => {
          this.mails.push(mail);
          done();
        });
      },
      ...options,
    });
    this.server.on('error', () => undefined);
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return this;
  }

  get port(): number {
    return (this.server.server.address() as AddressInfo).port;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(() => resolve()));
  }
}

/** Api and worker, a place like Slack's, and a mail server. */
export class ChannelSystem {
  private made = 0;

  private constructor(
    readonly system: TestSystem,
    readonly slack: WebhookReceiver,
    readonly mail: MailServer,
  ) {}

  static async start(): Promise<ChannelSystem> {
    const overrides = {
      WEBHOOK_ALLOWED_ADDRESSES: '127.0.0.1',
      WEBHOOK_TIMEOUT_SECONDS: '5',
      PUBLIC_URL: 'https://models.example.com/',
    };
    const system = await TestSystem.start({ worker: true, overrides });
    return new ChannelSystem(system, await new WebhookReceiver().start(), await new MailServer().start());
  }

  async close(): Promise<void> {
    this.slack.stop();
    await this.mail.stop();
    await this.system.close();
  }

  async sql(statement: string, values: unknown[] = []) {
    return (await this.system.environment.owner.query(statement, values)).rows;
  }

  /** Stores notifications of operators; they are published soon. `page`: an alert of a use case. */
  async say(urgency: 'info' | 'warn' | 'page', models: string[], useCase: string | null = 'clinical') {
    const [kind, verdict] = {
      info: ['validation', 'passed'],
      warn: ['validation', 'failed'],
      page: ['alert', null],
    }[urgency] as [string, string | null];
    await this.sql(
      `INSERT INTO notifications (id, kind, audience, type, title, message, model_id, model_name, use_case, reason, details, silent, occurred_at)
       SELECT gen_random_uuid(), $1, 'operators', 'auto', 't', 'm', 'm', name, $3, 'our text',
         CASE WHEN $2::text IS NULL THEN '{}' ELSE jsonb_build_object('verdict', $2::text) END, false,
         clock_timestamp() + n * interval '1 microsecond'
       FROM unnest($4::text[]) WITH ORDINALITY AS said (name, n)`,
      [kind, verdict, useCase, models],
    );
    this.system.api.get(NotificationPublisher, { strict: false }).trigger();
  }

  slackAddress(path: string) {
    return { slack: { url: this.slack.url(`${path}/${SLACK_TOKEN}`) } };
  }

  emailAddress(more: object = {}) {
    const login = { user: 'ops', password: SMTP_PASSWORD };
    const addresses = { from: 'Models <models@example.com>', to: ['ops@example.com'] };
    return {
      email: { host: '127.0.0.1', port: this.mail.port, tls: 'none', ...login, ...addresses, ...more },
    };
  }

  create(body: object, token?: string) {
    this.made += 1;
    const named = { name: `channel ${this.made}`, ...body };
    return this.system.call('POST', CHANNELS, named, token === undefined ? {} : { token });
  }

  async channel(body: object): Promise<string> {
    const made = await this.create(body);
    expect(made).toMatchObject({ status: 201, body: { status: 'active', failures: 0 } });
    return made.body.id;
  }

  async state(id: string) {
    return (await this.system.get(`${CHANNELS}/${id}`)).body;
  }

  /** Attempts to deliver, the newest first. */
  async deliveries(id: string, query = ''): Promise<Record<string, unknown>[]> {
    const { status, body, text } = await this.system.get(`${CHANNELS}/${id}/deliveries${query}`);
    expect(status, text).toBe(200);
    return body.items;
  }

  post(id: string, what: 'test' | 'resume', body?: object) {
    return this.system.call('POST', `${CHANNELS}/${id}/${what}`, body);
  }

  remove(id: string) {
    return this.system.call('DELETE', `${CHANNELS}/${id}`);
  }

  /** Retries now, and ends the wait for the digest, as both would happen by themselves after a while. */
  async tryNow(id: string): Promise<void> {
    await this.sql(
      `UPDATE channels SET next_attempt_at = now(), leased_until = NULL,
         digest_due_at = CASE WHEN digest_due_at IS NOT NULL THEN now() END WHERE id = $1`,
      [id],
    );
    this.system.api.get(ChannelDelivery, { strict: false }).trigger();
  }

  /** Texts that arrived at a place like Slack's, in the order of arrival. */
  textsAt(path: string): string[] {
    return this.slack.at(`${path}/${SLACK_TOKEN}`).map(({ message }) => message.blocks[0].text.text);
  }

  /** Messages in the order of their first arrival, and how often each came. The same id always has the same text. */
  messagesAt(path: string): { text: string; times: number }[] {
    const texts = this.textsAt(path);
    const found = new Map<string, { text: string; times: number }>();
    for (const [n, id] of this.idsAt(path).entries()) {
      const known = found.get(id) ?? { text: texts[n]!, times: 0 };
      expect(texts[n]).toBe(known.text);
      found.set(id, { ...known, times: known.times + 1 });
    }
    return [...found.values()];
  }

  idsAt(path: string): string[] {
    return this.slack.at(`${path}/${SLACK_TOKEN}`).map(({ message }) => message.blocks[0].block_id);
  }
}
