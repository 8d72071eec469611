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

/** Claims of which an actor of audit rows and an end can be made. */
export type UsableClaims = JWTPayload & { iss: string; sub: string; exp: number };

/** A subject is an id: one line of text, without lone surrogates. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what it refuses
const SUBJECT = /^[^\u0000-\u001f\u007f\ud800-\udfff]{1,128}$/u;
const ANYONE = '*';
/** Latest second that a Date can represent. */
const LAST_SECOND = 8.64e12;

export const isSubject = (claim: unknown): claim is string =>
  typeof claim === 'string' && SUBJECT.test(claim);

/** @param claims of a verified token, whose issuer is therefore known */
export const isUsable = (claims: JWTPayload): claims is UsableClaims =>
  isSubject(claims.sub) && claims.exp !== undefined && claims.exp <= LAST_SECOND;

/** Returns an id that is unique among the issuers of an installation, and short enough for audit rows. */
export const personId = (issuer: string, subject: string): string =>
  `${createHash('sha256').update(issuer).digest('hex').slice(0, 8)}:${subject}`;

/** Returns the id under which a session is revoked whose person the issuer did not name. */
export const anyoneAt = (issuer: string): string => personId(issuer, ANYONE);

/** @returns that id for the issuer of a person */
export const anyoneBeside = (id: string): string => id.slice(0, id.indexOf(':') + 1) + ANYONE;

/** @returns the scopes of the roles; a role that is not configured has none */
export const scopesOfRoles = (names: readonly string[], roles: Roles): ReadonlySet<Scope> =>
  new Set(names.flatMap((name) => (Object.hasOwn(roles, name) ? roles[name]! : [])));

/** @param path such as `app_metadata.orchestrator_roles`; a claim whose own name is a path, such as an address, wins */
export function claimAt(payload: JWTPayload, path: string): unknown {
  if (Object.hasOwn(payload, path)) return payload[path];
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
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 && value <= LAST_SECOND
    ? new Date(value * 1000)
    : null;
}

/**
 * A refresh of the token proves nothing, so that its `amr` does not count.
 * @returns when a person of OpenID Connect signed in (`auth_time`), else when one of Supabase did (newest `amr`)
 */
export function authenticatedAt({ auth_time: time, amr }: JWTPayload): Date | null {
  if (time !== undefined) return dateOf(time);
  const times = (Array.isArray(amr) ? amr : []).flatMap((method: unknown) => {
    const { method: name, timestamp } = (method ?? {}) as { method?: unknown; timestamp?: unknown };
    const at = name === 'token_refresh' ? null : dateOf(timestamp);
    return at ? [at.getTime()] : [];
  });
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

type Person = Extract<Principal, { kind: 'person' }>;

/** @returns the level of a token of Supabase Auth; one that does not say has no second factor */
export const supabaseAssurance = ({ aal }: JWTPayload): Person['assurance'] =>
  aal === 'aal2' ? 'aal2' : 'aal1';

/** @param roles of the groups @param assurance null: the token is of OpenID Connect */
export const personOf = (
  claims: UsableClaims,
  groups: string[],
  roles: Roles,
  assurance: Person['assurance'] = null,
): Person => ({
  kind: 'person',
  id: personId(claims.iss, claims.sub),
  scopes: scopesOfRoles(groups, roles),
  groups,
  authenticatedAt: authenticatedAt(claims),
  assurance,
});

/** The session at the issuer is `sid` of OpenID Connect, and `session_id` of Supabase. */
export function tokenOwner(claims: UsableClaims, principal: TokenOwner['principal']): TokenOwner {
  const { exp, iat, sid, session_id: supabase } = claims;
  const id = sid ?? supabase;
  const sessionId = typeof id === 'string' ? id : null;
  return { principal, expiresAt: new Date(exp * 1000), issuedAt: dateOf(iat), sessionId };
}
