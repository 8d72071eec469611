import { Injectable } from '@nestjs/common';
import { DataSource, IsNull, LessThan, Or } from 'typeorm';
import { actAs } from '../database/actor.js';
import type { Transaction } from '../database/transactions.js';
import type { KeySettings } from './key-settings.js';
import { ServiceKeyEntity } from './service-key.entity.js';
import type { ServiceKey } from './service-key.js';

export type StoredKey = ServiceKey & { hash: Buffer };

@Injectable()
export class ServiceKeysRepository {
  constructor(private readonly db: DataSource) {}

  async insert(key: StoredKey): Promise<void> {
    await this.db.transaction(async (tx) => {
      await actAs(key.createdBy, tx);
      await tx.insert(ServiceKeyEntity, key);
    });
  }

  async inTransaction<T>(work: (tx: Transaction) => Promise<T>): Promise<T> {
    return this.db.transaction(work);
  }

  async findByHash(hash: Buffer): Promise<ServiceKey | null> {
    return this.db.manager.findOneBy(ServiceKeyEntity, { hash });
  }

  async findById(id: string): Promise<ServiceKey | null> {
    return this.db.manager.findOneBy(ServiceKeyEntity, { id });
  }

  /** Lists the newest first; `after` is the last id of the page before. */
  async list(limit: number, after?: string): Promise<ServiceKey[]> {
    const query = this.db.manager
      .createQueryBuilder(ServiceKeyEntity, 'key')
      .orderBy('key.createdAt', 'DESC')
      .addOrderBy('key.id', 'DESC')
      .limit(limit);
    if (after)
      query.where('(key.created_at, key.id) < (SELECT created_at, id FROM service_keys WHERE id = :after)', {
        after,
      });
    return query.getMany();
  }

  /** Revokes a key that is not revoked yet. @returns its current state, null if there is none */
  async revoke(id: string, at: Date, actor: string): Promise<ServiceKey | null> {
    return this.db.transaction(async (tx) => {
      await actAs(actor, tx);
      await tx.update(ServiceKeyEntity, { id, revokedAt: IsNull() }, { revokedAt: at });
      return tx.findOneBy(ServiceKeyEntity, { id });
    });
  }

  /** Locks a key until the transaction ends, so that two changes run one after the other. */
  async lock(id: string, tx: Transaction): Promise<ServiceKey | null> {
    return tx.findOne(ServiceKeyEntity, { where: { id }, lock: { mode: 'pessimistic_write' } });
  }

  async saveSettings(id: string, settings: KeySettings, actor: string, tx: Transaction): Promise<void> {
    await actAs(actor, tx);
    await tx.update(ServiceKeyEntity, { id }, settings);
  }

  /** Replaces a key by `successor`; the old key stays valid until `endsAt`. */
  async replace(id: string, endsAt: Date, successor: StoredKey, tx: Transaction): Promise<void> {
    await actAs(successor.createdBy, tx);
    await tx.insert(ServiceKeyEntity, successor);
    await tx.update(ServiceKeyEntity, { id }, { expiresAt: endsAt, replacedBy: successor.id });
  }

  /** Stores the last use of a key, at most once a minute. */
  async touch(id: string, at: Date): Promise<void> {
    const aMinuteBefore = new Date(at.getTime() - 60_000);
    await this.db.manager.update(
      ServiceKeyEntity,
      { id, lastUsedAt: Or(IsNull(), LessThan(aMinuteBefore)) },
      { lastUsedAt: at },
    );
  }
}
