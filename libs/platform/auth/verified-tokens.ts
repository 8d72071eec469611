import { LRUCache } from 'lru-cache';
import type { Clock } from '../clock/clock.js';
import type { TokenOwner } from './person.js';

/** Time for which a verified token is cached; a withdrawn key takes effect after it. */
const KEPT_MS = 60_000;
const MAX_TOKENS = 5_000;

/** Caches the owners of verified tokens. */
export class VerifiedTokens {
  /** `until`: milliseconds since 1970. */
  private readonly owners = new LRUCache<string, { owner: TokenOwner; until: number }>({ max: MAX_TOKENS });

  constructor(private readonly clock: Clock) {}

  /** Returns the owner of a token that is cached and has not expired. */
  find(token: string): TokenOwner | undefined {
    const known = this.owners.get(token);
    return known && this.clock.millis() < known.until ? known.owner : undefined;
  }

  add(token: string, owner: TokenOwner): TokenOwner {
    const until = Math.min(owner.expiresAt.getTime(), this.clock.millis() + KEPT_MS);
    this.owners.set(token, { owner, until });
    return owner;
  }
}
