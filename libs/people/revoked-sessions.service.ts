import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { z } from 'zod';
import { anyoneBeside, type TokenOwner } from '#libs/platform/auth/person.js';
import { Clock } from '#libs/platform/clock/clock.js';
import { asUnavailable } from '#libs/platform/database/database-trouble.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import { UnauthenticatedError } from '#libs/platform/errors/errors.js';
import { defineChannel } from '#libs/platform/redis/define-channel.js';
import { RedisPubSub } from '#libs/platform/redis/redis-pubsub.js';
import { type Revocation, RevokedSessionsRepository } from './revoked-sessions.repository.js';

const CHANNEL = defineChannel({ name: 'sessions-revoked', format: z.string() });
/** Even without Redis every instance refuses a revoked session after this time. */
const FRESH_MS = 800;
/** While PostgreSQL is unavailable the cached list counts for this long: nobody can revoke a session then. */
const STALE_MS = 3_600_000;
/** The clock of an issuer may be ahead of this one by so much. */
const CLOCK_TOLERANCE_MS = 60_000;

/** Sessions of people that were revoked. Every instance keeps them in memory: they are few. */
@Injectable()
export class RevokedSessions implements OnModuleInit {
  private readonly logger = new Logger('Sessions');
  private byPerson = new Map<string, Revocation[]>();
  private readAt = Number.NEGATIVE_INFINITY;
  private reading: Promise<void> | undefined;

  constructor(
    private readonly revocations: RevokedSessionsRepository,
    private readonly pubSub: RedisPubSub,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.pubSub.on(CHANNEL, () => {
      this.readAt = Math.min(this.readAt, this.clock.millis() - FRESH_MS);
    });
  }

  /**
   * Refuses the tokens of a session, or all tokens of the person that were issued until a time.
   * @param sessionId null: all sessions
   * @param revokedAt default: now, and a minute more, because the issuer's clock may be ahead
   * @throws UnavailableError
   */
  async revoke(
    personId: string,
    sessionId: string | null,
    revokedAt = new Date(this.clock.millis() + CLOCK_TOLERANCE_MS),
  ): Promise<void> {
    try {
      await this.revocations.add({ personId, sessionId, revokedAt });
    } catch (error) {
      throw asUnavailable(error);
    }
    this.readAt = Number.NEGATIVE_INFINITY;
    this.pubSub.publish(CHANNEL, personId);
  }

  /** Returns whether the session is valid, if the list is recent enough; undefined: call `assertValid`. */
  isValid(owner: TokenOwner): boolean | undefined {
    if (owner.principal.kind !== 'person') return true;
    return this.clock.millis() - this.readAt < FRESH_MS ? !this.isRevoked(owner) : undefined;
  }

  /** @throws UnauthenticatedError for a revoked session; UnavailableError */
  async assertValid(owner: TokenOwner): Promise<void> {
    if (this.isValid(owner) === undefined) await this.refresh();
    if (this.isRevoked(owner)) throw new UnauthenticatedError('Your session was ended: sign in again');
  }

  /** Returns those people all of whose sessions were ended after their time: a right of theirs may be gone. */
  async endedAfter(people: readonly { personId: string; at: Date }[], tx: Transaction): Promise<string[]> {
    return this.revocations.endedAfter(people, tx);
  }

  private isRevoked({ principal, issuedAt, sessionId }: TokenOwner): boolean {
    if (principal.kind !== 'person') return false;
    const ended = (revoked: Revocation) =>
      revoked.sessionId === null
        ? issuedAt === null || issuedAt <= revoked.revokedAt
        : revoked.sessionId === sessionId;
    return [principal.id, anyoneBeside(principal.id)].some((id) => this.byPerson.get(id)?.some(ended));
  }

  private async refresh(): Promise<void> {
    this.reading ??= this.read().finally(() => {
      this.reading = undefined;
    });
    try {
      await this.reading;
    } catch (error) {
      if (this.clock.millis() - this.readAt >= STALE_MS) throw asUnavailable(error);
      this.logger.warn(`revoked sessions were not read: ${(error as Error).message}`);
    }
  }

  private async read(): Promise<void> {
    const began = this.clock.millis();
    const byPerson = new Map<string, Revocation[]>();
    for (const one of await this.revocations.all())
      byPerson.set(one.personId, [...(byPerson.get(one.personId) ?? []), one]);
    this.byPerson = byPerson;
    this.readAt = began;
  }
}
