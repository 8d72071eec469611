import { randomUUID, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Clock } from '../clock/clock.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { asUnavailable } from '../database/transactions.js';
import { ServiceKeyNotFoundError } from './auth.errors.js';
import { actorOf, type Principal, SCOPES, type Scope } from './principal.js';
import { generateKey, hashKey, looksLikeKey, type ServiceKey } from './service-key.js';
import { ServiceKeysRepository } from './service-keys.repository.js';

/** A revoked key is refused on every instance after this time. */
const FRESH_MS = 800;
/** With PostgreSQL away a key that was good is good for this long: reads must go on, and nobody can revoke then. */
const STALE_MS = 3_600_000;

interface CachedKey {
  key: ServiceKey | null;
  checkedAt: number;
}

@Injectable()
export class ServiceKeysService {
  private readonly bootstrapHash: Buffer | undefined;
  private readonly cache = new LRUCache<string, CachedKey>({ max: 1_000 });
  private readonly logger = new Logger('ServiceKeys');

  constructor(
    @Inject(ENV) env: Env,
    private readonly keys: ServiceKeysRepository,
    private readonly clock: Clock,
  ) {
    this.bootstrapHash = env.SUPABASE_SERVICE_KEY ? hashKey(env.SUPABASE_SERVICE_KEY) : undefined;
  }

  /** @returns the principal of a service key that is known, not expired and not revoked, else null */
  async authenticate(token: string): Promise<Principal | null> {
    const hash = hashKey(token);
    if (this.bootstrapHash && timingSafeEqual(hash, this.bootstrapHash))
      return { kind: 'service', name: 'bootstrap', scopes: new Set(SCOPES) };
    if (!looksLikeKey(token)) return null;
    const key = await this.lookUp(hash);
    if (!key || key.revokedAt || (key.expiresAt && key.expiresAt <= this.clock.now())) return null;
    return { kind: 'service', name: key.name, scopes: new Set(key.scopes) };
  }

  /** @returns the new key and, this once, its secret */
  async create(
    request: { name: string; scopes: Scope[]; expiresAt: Date | null },
    creator: Principal,
  ): Promise<{ key: ServiceKey; secret: string }> {
    const secret = generateKey();
    const key: ServiceKey = {
      ...request,
      id: randomUUID(),
      scopes: SCOPES.filter((scope) => request.scopes.includes(scope)),
      createdBy: actorOf(creator),
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.keys.insert({ ...key, hash: hashKey(secret) });
    return { key, secret };
  }

  async list(limit: number, cursor?: string): Promise<{ items: ServiceKey[]; nextCursor: string | null }> {
    const keys = await this.keys.list(limit + 1, cursor);
    const items = keys.slice(0, limit);
    return { items, nextCursor: keys.length > limit ? items.at(-1)!.id : null };
  }

  /** @throws ServiceKeyNotFoundError */
  async revoke(id: string): Promise<ServiceKey> {
    const key = await this.keys.revoke(id, this.clock.now());
    if (!key) throw new ServiceKeyNotFoundError(id);
    return key;
  }

  private async lookUp(hash: Buffer): Promise<ServiceKey | null> {
    const id = hash.toString('base64');
    const now = this.clock.now().getTime();
    const cached = this.cache.get(id);
    if (cached && now - cached.checkedAt < FRESH_MS) return cached.key;
    try {
      const key = await this.keys.findByHash(hash);
      this.cache.set(id, { key, checkedAt: now });
      if (key) this.remember(key, now);
      return key;
    } catch (error) {
      if (cached && now - cached.checkedAt < STALE_MS) return cached.key;
      throw asUnavailable(error);
    }
  }

  private remember(key: ServiceKey, now: number): void {
    this.keys.touch(key.id, new Date(now)).catch((error: Error) => {
      this.logger.debug(`last use of key ${key.id} was not stored: ${error.message}`);
    });
  }
}
