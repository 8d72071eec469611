import { hash, randomBytes } from 'node:crypto';
import type { KeySettings } from './key-settings.js';
import type { Scope } from './principal.js';

/** Service key without its secret, which is shown once at its creation, and stored only as a hash. */
export interface ServiceKey extends KeySettings {
  id: string;
  name: string;
  scopes: Scope[];
  createdBy: string;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  revokedAt: Date | null;
  /** Id of the key that took over from it. */
  replacedBy: string | null;
  /** The same for a key and its successors by rotation; PostgreSQL sets it. */
  owner?: string;
}

/** Keys that we make start with this, so that other tokens never cost a database query. */
const PREFIX = 'bmo_';

export const generateKey = (): string => PREFIX + randomBytes(32).toString('base64url');
export const looksLikeKey = (token: string): boolean =>
  token.startsWith(PREFIX) && token.length === PREFIX.length + 43;
/** A fast hash is right here: the key has 256 random bits, so there is nothing to guess. */
export const hashKey = (token: string): Buffer => hash('sha256', token, 'buffer');
