import { randomUUID, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { pageOf } from '#libs/platform/paging/page.js';
import { Clock } from '../clock/clock.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import { ServiceKeyEndedError, ServiceKeyNotFoundError, ServiceKeyReplacedError } from './auth.errors.js';
import { actorOf, type Principal, SCOPES, type Scope } from './principal.js';
import { generateKey, hashKey, looksLikeKey, type ServiceKey } from './service-key.js';
import { ServiceKeysCache } from './service-keys.cache.js';
import { ServiceKeysRepository } from './service-keys.repository.js';

/** A request for a key. */
interface NewKey {
  name: string;
  scopes: Scope[];
  expiresAt: Date | null;
}

export interface CreatedKey {
  key: ServiceKey;
  /** Secret of the key, returned only once. */
  secret: string;
}

const MAX_CACHED_HASHES = 5_000;
const BOOTSTRAP: Principal = { kind: 'service', name: 'bootstrap', scopes: new Set(SCOPES) };

@Injectable()
export class ServiceKeysService {
  private readonly logger = new Logger('ServiceKeys');
  private readonly bootstrapHash: Buffer | undefined;
  private readonly principals = new WeakMap<ServiceKey, Principal>();
  private readonly hashes = new LRUCache<string, string>({ max: MAX_CACHED_HASHES });

  constructor(
    @Inject(ENV) env: Env,
    private readonly keys: ServiceKeysRepository,
    private readonly cache: ServiceKeysCache,
    private readonly clock: Clock,
  ) {
    this.bootstrapHash = env.SUPABASE_SERVICE_KEY ? hashKey(env.SUPABASE_SERVICE_KEY) : undefined;
  }

  /** Returns the principal of a key from memory; null: `authenticate` must read it. */
  recognize(token: string): Principal | null {
    const hash = this.hashOf(token);
    if (looksLikeKey(token)) {
      const key = this.cache.fresh(hash);
      if (key) return this.hasEnded(key) ? null : this.principalOf(key);
    }
    const isBootstrap =
      this.bootstrapHash && timingSafeEqual(Buffer.from(hash, 'base64'), this.bootstrapHash);
    return isBootstrap ? BOOTSTRAP : null;
  }

  /**
   * @param lookUp false: only cached keys are recognised, so that a guess costs PostgreSQL no query
   * @returns the principal of a service key that is known, not expired and not revoked, else null
   */
  async authenticate(token: string, { lookUp } = { lookUp: true }): Promise<Principal | null> {
    const known = this.recognize(token);
    if (known) return known;
    const hash = this.hashOf(token);
    if (!looksLikeKey(token) || !(lookUp || this.cache.isCached(hash))) return null;
    const key = await this.cache.find(hash);
    return key && !this.hasEnded(key) ? this.principalOf(key) : null;
  }

  async create(request: NewKey, creator: Principal): Promise<CreatedKey> {
    const created = this.make(request, creator);
    await this.keys.insert({ ...created.key, hash: hashKey(created.secret) });
    return created;
  }

  /**
   * Creates a key with the same name and scopes. The old one stays valid for the overlap, or until its expiry if that
   * is sooner.
   * @param expiresAt of the new key; undefined: that of the old one
   * @throws ServiceKeyNotFoundError, ServiceKeyEndedError, ServiceKeyReplacedError
   */
  async rotate(
    id: string,
    { overlapMs, expiresAt }: { overlapMs: number; expiresAt: Date | null | undefined },
    creator: Principal,
  ): Promise<CreatedKey & { replaced: ServiceKey }> {
    const rotated = await this.keys.inTransaction(async (tx) => {
      const old = await this.keys.lock(id, tx);
      if (!old) throw new ServiceKeyNotFoundError(id);
      if (old.replacedBy) throw new ServiceKeyReplacedError(id, old.replacedBy);
      if (this.hasEnded(old)) throw new ServiceKeyEndedError(id);
      const now = this.clock.millis();
      const sameSpan = old.expiresAt && new Date(now + old.expiresAt.getTime() - old.createdAt.getTime());
      const created = this.make(
        { ...old, expiresAt: expiresAt === undefined ? sameSpan : expiresAt },
        creator,
      );
      const endsAt = new Date(
        Math.min(now + overlapMs, old.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY),
      );
      await this.keys.replace(id, endsAt, { ...created.key, hash: hashKey(created.secret) }, tx);
      return { ...created, replaced: { ...old, expiresAt: endsAt, replacedBy: created.key.id } };
    });
    this.logger.log(`service key ${id} (${rotated.key.name}) was replaced by ${actorOf(creator)}`);
    this.cache.changed(id);
    return rotated;
  }

  async list(limit: number, cursor?: string): Promise<{ items: ServiceKey[]; nextCursor: string | null }> {
    const keys = await this.keys.list(limit + 1, cursor);
    const { items, next } = pageOf(keys, limit);
    return { items, nextCursor: next?.id ?? null };
  }

  /** @throws ServiceKeyNotFoundError */
  async revoke(id: string, revoker: Principal): Promise<ServiceKey> {
    const key = await this.keys.revoke(id, this.clock.now(), actorOf(revoker));
    if (!key) throw new ServiceKeyNotFoundError(id);
    this.logger.log(`service key ${id} (${key.name}) was revoked by ${actorOf(revoker)}`);
    this.cache.changed(id);
    return key;
  }

  private make({ name, scopes, expiresAt }: NewKey, creator: Principal): CreatedKey {
    const key: ServiceKey = {
      id: randomUUID(),
      name,
      scopes: SCOPES.filter((scope) => scopes.includes(scope)),
      createdBy: actorOf(creator),
      createdAt: this.clock.now(),
      expiresAt,
      lastUsedAt: null,
      revokedAt: null,
      replacedBy: null,
    };
    return { key, secret: generateKey() };
  }

  /** Caches the hash, because a client sends the same key with every request. */
  private hashOf(token: string): string {
    let hash = this.hashes.get(token);
    if (hash === undefined) {
      hash = hashKey(token).toString('base64');
      this.hashes.set(token, hash);
    }
    return hash;
  }

  /** Returns the same object for the same key, while the key is cached. */
  private principalOf(key: ServiceKey): Principal {
    let principal = this.principals.get(key);
    if (!principal) {
      principal = { kind: 'service', name: key.name, scopes: new Set(key.scopes), owner: key.owner };
      this.principals.set(key, principal);
    }
    return principal;
  }

  private hasEnded({ revokedAt, expiresAt }: ServiceKey): boolean {
    return revokedAt !== null || (expiresAt !== null && expiresAt <= this.clock.now());
  }
}
