import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { actorOf, type Principal } from '#libs/platform/auth/principal.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { pageOf } from '#libs/platform/paging/page.js';
import type { Delivery } from '../delivery/delivery.js';
import type { AttemptPage, AttemptState, ChannelAttempt } from '../delivery/delivery-attempt.js';
import { DeliveryAttemptsRepository } from '../delivery/delivery-attempts.repository.js';
import type { Channel, ChannelSettings, ChannelTarget, EmailTarget } from './channel.js';
import { ChannelMessages } from './channel-messages.js';
import { ChannelSecrets } from './channel-secrets.js';
import { ChannelSender } from './channel-sender.js';
import { ChannelNameTakenError, ChannelNotFoundError, TooManyChannelsError } from './channels.errors.js';
import { ChannelsRepository } from './channels.repository.js';
import { EmailClient } from './email.client.js';
import { SlackClient } from './slack.client.js';

const MAX_CHANNELS = 20;

/** Address with its secret, as callers give it. One of them. */
export interface NewAddress {
  slack?: { url: string };
  email?: EmailTarget & { password?: string };
}

/** Checks and stores addresses; the secret apart from the rest. */
type Addressed = ChannelTarget & { secret: string };

/** Manages the channels of an installation. They belong to no key: every operator sees and changes all. */
@Injectable()
export class ChannelsService {
  private readonly logger = new Logger('Channels');

  constructor(
    private readonly channels: ChannelsRepository,
    private readonly secrets: ChannelSecrets,
    private readonly messages: ChannelMessages,
    private readonly sender: ChannelSender,
    private readonly slack: SlackClient,
    private readonly email: EmailClient,
    private readonly attempts: DeliveryAttemptsRepository,
    private readonly clock: Clock,
  ) {}

  list(): Promise<Channel[]> {
    return this.channels.list();
  }

  /** @throws ChannelNotFoundError */
  async find(id: string): Promise<Channel> {
    return existing(id, await this.channels.find(id));
  }

  /** @throws InvalidInputError, TooManyChannelsError, ChannelNameTakenError, ChannelsNotConfiguredError */
  async create(settings: ChannelSettings, address: NewAddress, principal: Principal): Promise<Channel> {
    const { secret, ...target } = this.addressed(address);
    const id = randomUUID();
    const encrypted = { encryptedSecret: this.secrets.encrypt(id, secret), secretId: randomUUID() };
    const made = { ...settings, ...target, ...encrypted, id, createdAt: this.clock.now() };
    const result = await this.channels.insert(made, MAX_CHANNELS, actorOf(principal));
    if (result === 'name') throw new ChannelNameTakenError(settings.name);
    if (result === 'limit') throw new TooManyChannelsError(MAX_CHANNELS);
    this.logger.log(`channel ${id} was created by ${actorOf(principal)}`);
    return this.find(id);
  }

  /**
   * Changes the given settings. An address replaces the former one of the same kind. It keeps the password only for the
   * same server and user, so that nobody can send it elsewhere.
   * @throws ChannelNotFoundError, InvalidInputError, ChannelNameTakenError, ChannelsNotConfiguredError
   */
  async edit(
    id: string,
    settings: Partial<ChannelSettings>,
    address: NewAddress,
    principal: Principal,
  ): Promise<Channel> {
    const former = existing(id, await this.channels.receiver(id));
    const isReaddressed = address.slack !== undefined || address.email !== undefined;
    const edited = { ...former, ...settings, ...(isReaddressed && this.readdressed(former, address)) };
    if (!(await this.channels.update(id, edited, actorOf(principal))))
      throw new ChannelNameTakenError(edited.name);
    this.logger.log(`channel ${id} was edited by ${actorOf(principal)}`);
    return this.find(id);
  }

  /** @returns the deleted channel. @throws ChannelNotFoundError */
  async delete(id: string, principal: Principal): Promise<Channel> {
    const found = await this.find(id);
    await this.channels.delete(id, actorOf(principal));
    this.logger.log(`channel ${id} was deleted by ${actorOf(principal)}`);
    return found;
  }

  /** Sends a test message, once, and returns the result. @throws ChannelNotFoundError */
  async test(id: string): Promise<Delivery> {
    const channel = existing(id, await this.channels.receiver(id));
    return this.sender.send(channel, this.messages.testMessage(channel, randomUUID()));
  }

  /** Lists attempts to deliver to a channel, the newest first. @throws ChannelNotFoundError */
  async deliveries(
    id: string,
    {
      state,
      limit,
      cursor,
    }: { state?: AttemptState | undefined; limit: number; cursor?: number | undefined },
  ): Promise<AttemptPage<ChannelAttempt>> {
    await this.find(id);
    const { items, next } = pageOf(await this.attempts.listOfChannel(id, state, limit + 1, cursor), limit);
    return { items, nextCursor: next ? String(next.id) : null };
  }

  /**
   * Resumes delivery, also of a disabled channel.
   * @param after `seq` after which everything is delivered (again); undefined: from its position
   * @throws ChannelNotFoundError
   */
  async resume(id: string, after: number | undefined): Promise<Channel> {
    await this.find(id);
    await this.channels.resume(id, after ?? null);
    return this.find(id);
  }

  private readdressed(
    former: ChannelTarget & { id: string; encryptedSecret: string; secretId: string },
    address: NewAddress,
  ) {
    if (address[former.kind] === undefined)
      throw invalid(
        former.kind === 'slack' ? 'email' : 'slack',
        `a channel of the kind ${former.kind} keeps its kind`,
      );
    const keepsPassword =
      former.kind === 'email' &&
      address.email?.password === undefined &&
      isSameLogin(former.target, address.email!);
    const { secret, ...target } = this.addressed(address, keepsPassword);
    if (keepsPassword)
      return { ...target, encryptedSecret: former.encryptedSecret, secretId: former.secretId };
    return { ...target, encryptedSecret: this.secrets.encrypt(former.id, secret), secretId: randomUUID() };
  }

  /** @throws InvalidInputError */
  private addressed({ slack, email }: NewAddress, keepsPassword = false): Addressed {
    if (slack) return this.addressedToSlack(slack.url);
    const { password = '', ...target } = email!;
    this.requireAllowedServer(target);
    if ((target.user === null) !== (password === '') && !keepsPassword)
      throw invalid(
        'email.password',
        'is needed with a user, and only then, also where server or user change',
      );
    return { kind: 'email', target, secret: password };
  }

  private addressedToSlack(url: string): Addressed {
    const parsed = new URL(url);
    if (!this.slack.mayBeAt(parsed))
      throw invalid('slack.url', 'must be the URL of an incoming webhook: https://hooks.slack.com/…');
    return { kind: 'slack', target: { host: parsed.host }, secret: url };
  }

  private requireAllowedServer({ host, port, tls }: EmailTarget): void {
    if (this.email.isAllowedLoopback(host)) return;
    if (tls === 'none') throw invalid('email.tls', 'must be implicit or starttls: passwords need TLS');
    if (!this.email.isMailPort(port))
      throw invalid('email.port', 'must be a port of mail servers: 25, 465, 587, 2465, 2525 or 2587');
  }
}

const invalid = (field: string, message: string) => new InvalidInputError([{ field, message }]);

const isSameLogin = (one: EmailTarget, other: EmailTarget): boolean =>
  one.host === other.host && one.port === other.port && one.tls === other.tls && one.user === other.user;

function existing<T>(id: string, found: T | null): T {
  if (found === null) throw new ChannelNotFoundError(id);
  return found;
}
