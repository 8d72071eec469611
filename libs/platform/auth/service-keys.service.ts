import { randomUUID, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
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
  /** The key itself, this once. */
  secret: string;
}

@Injectable()
export class ServiceKeysService {
  private readonly bootstrapHash: Buffer | undefined;

  constructor(
    @Inject(ENV) env: Env,
    private readonly keys: ServiceKeysRepository,
    private readonly cache: ServiceKeysCache,
    private readonly clock: Clock,
  ) {
    this.bootstrapHash = env.SUPABASE_SERVICE_KEY ? hashKey(env.SUPABASE_SERVICE_KEY) : undefined;
  }

  /**
   * @param lookUp false: only keys that are in memory are recognised, so that nobody costs PostgreSQL a query
   * @returns the principal of a service key that is known, not expired and not revoked, else null
   */
  async authenticate(token: string, { lookUp } = { lookUp: true }): Promise<Principal | null> {
    const hash = hashKey(token);
    if (this.bootstrapHash && timingSafeEqual(hash, this.bootstrapHash))
      return { kind: 'service', name: 'bootstrap', scopes: new Set(SCOPES) };
    if (!looksLikeKey(token) || !(lookUp || this.cache.holds(hash))) return null;
    const key = await this.cache.find(hash);
    if (!key || this.hasEnded(key)) return null;
    return { kind: 'service', name: key.name, scopes: new Set(key.scopes) };
  }

  async create(request: NewKey, creator: Principal): Promise<CreatedKey> {
    const created = this.make(request, creator);
    await this.keys.insert({ ...created.key, hash: hashKey(created.secret) });
    return created;
  }

  /**
   * Makes a key with the same name and scopes; the old one goes on for the overlap, or until it expires if that is sooner.
   * @param expiresAt of the new key; undefined: it lives as long as the old one was to live
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
      const now = this.clock.now().getTime();
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
    this.cache.changed(id);
    return rotated;
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

  private hasEnded({ revokedAt, expiresAt }: ServiceKey): boolean {
    return revokedAt !== null || (expiresAt !== null && expiresAt <= this.clock.now());
  }
}
