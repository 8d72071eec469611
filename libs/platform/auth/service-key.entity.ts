import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyDefaults, KeyLimits } from './key-settings.js';
import type { Scope } from './principal.js';
import type { ServiceKey } from './service-key.js';

@Entity('service_keys')
export class ServiceKeyEntity implements ServiceKey {
  @PrimaryColumn('uuid') id: string;
  @Column('text') name: string;
  @Column('bytea', { select: false }) hash: Buffer;
  @Column('text', { array: true }) scopes: Scope[];
  @Column('jsonb') defaults: KeyDefaults;
  @Column('jsonb') limits: KeyLimits;
  @Column('text', { name: 'created_by' }) createdBy: string;
  @Column('timestamptz', { name: 'created_at' }) createdAt: Date;
  @Column('timestamptz', { name: 'expires_at', nullable: true }) expiresAt: Date | null;
  @Column('timestamptz', { name: 'last_used_at', nullable: true }) lastUsedAt: Date | null;
  @Column('timestamptz', { name: 'revoked_at', nullable: true }) revokedAt: Date | null;
  @Column('uuid', { name: 'replaced_by', nullable: true }) replacedBy: string | null;
  /** A trigger knows it. */
  @Column({ type: 'text', insert: false, update: false }) owner: string;
}
