import { createHash } from 'node:crypto';
import type { JWTPayload } from 'jose';
import type { Principal, Scope } from './principal.js';

/** Scopes of each role; a group of an issuer is a role of the same name. */
export type Roles = Readonly<Record<string, readonly Scope[]>>;

/** Owner of an accepted token, with what a revocation of its sessions refers to. */
export interface TokenOwner {
  principal: Extract<Principal, { kind: 'user' | 'person' }>;
  expiresAt: Date;
  /** Null: the issuer does not say. */
  issuedAt: Date | null;
  /** Session at the issuer; null: the issuer does not say. */
  sessionId: string | null;
}

/** Returns an id that is unique among the issuers of an installation, and short enough for audit rows. */
export const personId = (issuer: string, subject: string): string =>
  `${createHash('sha256').update(issuer).digest('hex').slice(0, 8)}:${subject}`;

/** @returns the scopes of the roles; a role that is not configured has none */
export const scopesOfRoles = (names: readonly string[], roles: Roles): ReadonlySet<Scope> =>
  new Set(names.flatMap((name) => (Object.hasOwn(roles, name) ? roles[name]! : [])));

/** @param path such as `app_metadata.orchestrator_roles` */
export function claimAt(payload: JWTPayload, path: string): unknown {
  let value: unknown = payload;
  for (const name of path.split('.'))
    value =
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined;
  return value;
}

/** @returns the names in a claim, which may be one name or a list; others are left out */
export function namesIn(claim: unknown): string[] {
  const names = Array.isArray(claim) ? claim : [claim];
  return names.filter((name): name is string => typeof name === 'string' && name !== '');
}

function dateOf(value: unknown): Date | null {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= 8.64e12
    ? new Date(value * 1000)
    : null;
}

/** @returns when a person of OpenID Connect signed in (`auth_time`), else when one of Supabase did (newest `amr`) */
export function authenticatedAt({ auth_time: time, amr }: JWTPayload): Date | null {
  if (time !== undefined) return dateOf(time);
  const times = (Array.isArray(amr) ? amr : []).flatMap((method: unknown) => {
    const at = dateOf((method as { timestamp?: unknown } | null)?.timestamp);
    return at ? [at.getTime()] : [];
  });
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

/** @returns when a token was issued, and the session at its issuer: `sid` of OpenID Connect, `session_id` of Supabase */
export const sessionOf = ({ iat, sid, session_id: supabase }: JWTPayload) => {
  const id = sid ?? supabase;
  return { issuedAt: dateOf(iat), sessionId: typeof id === 'string' ? id : null };
};
