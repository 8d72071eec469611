import type { KeySettings } from './key-settings.js';

/** Rights that a service key may have. */
export const KEY_SCOPES = ['read', 'switch', 'act-as', 'operate', 'audit', 'admin'] as const;
/** Rights of a service key or a person. Only people approve: two keys of one person are not two people. */
export const SCOPES = [...KEY_SCOPES, 'approve', 'break-glass'] as const;
export type Scope = (typeof SCOPES)[number];

/**
 * Caller: a user with a token of Supabase Auth, a person who operates, a back end with a service key, or an internal job.
 */
export type Principal =
  | { readonly kind: 'user'; readonly subject: string }
  | {
      readonly kind: 'person';
      /** Hash of the issuer and its subject, e.g. `1f3a5b7c:42`. */
      readonly id: string;
      readonly scopes: ReadonlySet<Scope>;
      readonly groups: readonly string[];
      /** When the person last proved its identity; null: the issuer does not say. */
      readonly authenticatedAt: Date | null;
      /** Level of the sign-in of Supabase Auth: `aal2` has a second factor. Null: OpenID Connect, whose issuer demands it. */
      readonly assurance: 'aal1' | 'aal2' | null;
    }
  | {
      readonly kind: 'service';
      readonly name: string;
      readonly scopes: ReadonlySet<Scope>;
      /** Shared by a key and its successors by rotation only; absent: its name. */
      readonly owner?: string;
      /** Absent: none. */
      readonly settings?: KeySettings;
      /** True: it changes nothing, whatever else its scopes allow. */
      readonly isReadOnly?: true;
    }
  | { readonly kind: 'system'; readonly name: string };

/** Returns the name of the principal in audit rows, e.g. `user:42`, `person:1f3a5b7c:42`, `service:cli`, `system:recovery`. */
export function actorOf(principal: Principal): string {
  if (principal.kind === 'user') return `user:${principal.subject}`;
  if (principal.kind === 'person') return `person:${principal.id}`;
  return `${principal.kind}:${principal.name}`;
}

/**
 * Returns the owner of limits, webhooks and idempotency keys. Two keys of one name have the same `actorOf` and
 * different owners.
 */
export const ownerOf = (principal: Principal): string =>
  principal.kind === 'service' ? `service:${keyOwnerOf(principal)}` : actorOf(principal);

/** Returns what a key and its successors by rotation have in common; null: the caller has no key. */
export const keyOwnerOf = (principal: Principal): string | null =>
  principal.kind === 'service' ? (principal.owner ?? principal.name) : null;

export const hasScope = (principal: Principal, scope: Scope): boolean =>
  principal.kind === 'system' ||
  ((principal.kind === 'service' || principal.kind === 'person') && principal.scopes.has(scope));

/** Returns the scopes of a key or a person, in their order; users have none. */
export const scopesOf = (principal: Principal): Scope[] =>
  SCOPES.filter((scope) => hasScope(principal, scope));
