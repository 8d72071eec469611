import { randomUUID, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { pageOf } from '#libs/platform/paging/page.js';
import { Clock } from '../clock/clock.js';
import { ENV } from '../config/config.module.js';
import type { Env } from '../config/env.js';
import type { Transaction } from '../database/transactions.js';
import { ServiceKeyEndedError, ServiceKeyNotFoundError, ServiceKeyReplacedError } from './auth.errors.js';
import { editedSettings, type KeySettings, type KeySettingsEdit, NO_SETTINGS } from './key-settings.js';
import { actorOf, KEY_SCOPES, type Principal, type Scope } from './principal.js';
import { generateKey, hashKey, looksLikeKey, type ServiceKey } from './service-key.js';
import { ServiceKeysCache } from './service-keys.cache.js';
import { ServiceKeysRepository } from './service-keys.repository.js';

/** A request for a key. */
interface NewKey extends KeySettings {
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
const BOOTSTRAP = {
  kind: 'service',
  name: 'bootstrap',
  scopes: new Set(KEY_SCOPES),
  settings: { ...NO_SETTINGS, limits: { ...NO_SETTINGS.limits, models: 'any' } },
} satisfies Principal;
const READ_ONLY_BOOTSTRAP: Principal = { ...BOOTSTRAP, scopes: new Set(['read', 'audit']), isReadOnly: true };

@Injectable()
export class ServiceKeysService {
  private readonly logger = new Logger('ServiceKeys');
  private readonly bootstrapHash: Buffer | undefined;
  private readonly bootstrap: Principal;
  private readonly principals = new WeakMap<ServiceKey, Principal>();
  private readonly hashes = new LRUCache<string, string>({ max: MAX_CACHED_HASHES });

  constructor(
    @Inject(ENV) env: Env,
    private readonly keys: ServiceKeysRepository,
    private readonly cache: ServiceKeysCache,
    private readonly clock: Clock,
  ) {
    this.bootstrapHash = env.SUPABASE_SERVICE_KEY ? hashKey(env.SUPABASE_SERVICE_KEY) : undefined;
    this.bootstrap = env.BOOTSTRAP_KEY === 'read-only' ? READ_ONLY_BOOTSTRAP : BOOTSTRAP;
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
    return isBootstrap ? this.bootstrap : null;
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
   * Creates a key with the same name, scopes and settings. The old one stays valid for the overlap, or until its expiry if that
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
      const old = await this.lock(id, tx);
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

  /**
   * Changes settings of a key. Every instance applies them within a second.
   * @param check refuses settings that do not fit together
   * @throws ServiceKeyNotFoundError, ServiceKeyEndedError, and the errors of `check`
   */
  async edit(
    id: string,
    change: KeySettingsEdit,
    check: (settings: KeySettings) => void,
    editor: Principal,
  ): Promise<ServiceKey> {
    const edited = await this.keys.inTransaction(async (tx) => {
      const key = await this.lock(id, tx);
      if (this.hasEnded(key)) throw new ServiceKeyEndedError(id);
      const settings = editedSettings(key, change);
      check(settings);
      await this.keys.saveSettings(id, settings, actorOf(editor), tx);
      return { ...key, ...settings };
    });
    this.logger.log(`service key ${id} (${edited.name}) was edited by ${actorOf(editor)}`);
    this.cache.changed(id);
    return edited;
  }

  /** @throws ServiceKeyNotFoundError */
  async find(id: string): Promise<ServiceKey> {
    const key = await this.keys.findById(id);
    if (!key) throw new ServiceKeyNotFoundError(id);
    return key;
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

  /** @throws ServiceKeyNotFoundError */
  private async lock(id: string, tx: Transaction): Promise<ServiceKey> {
    const key = await this.keys.lock(id, tx);
    if (!key) throw new ServiceKeyNotFoundError(id);
    return key;
  }

  private make({ name, scopes, expiresAt, defaults, limits }: NewKey, creator: Principal): CreatedKey {
    const key: ServiceKey = {
      id: randomUUID(),
      name,
      scopes: KEY_SCOPES.filter((scope) => scopes.includes(scope)),
      defaults,
      limits,
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
      const { name, owner, defaults, limits } = key;
      const scopes = new Set(key.scopes);
      principal = { kind: 'service', name, scopes, owner, settings: { defaults, limits } };
      this.principals.set(key, principal);
    }
    return principal;
  }

  private hasEnded({ revokedAt, expiresAt }: ServiceKey): boolean {
    return revokedAt !== null || (expiresAt !== null && expiresAt <= this.clock.now());
  }
}
