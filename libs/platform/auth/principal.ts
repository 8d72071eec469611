/** What a service key may do. */
export const SCOPES = ['read', 'switch', 'act-as', 'operate', 'audit', 'admin'] as const;
export type Scope = (typeof SCOPES)[number];

/** Who is asking: a user with a token of Supabase Auth, a back end with a service key, or a job of our own. */
export type Principal =
  | { readonly kind: 'user'; readonly subject: string }
  | {
      readonly kind: 'service';
      readonly name: string;
      readonly scopes: ReadonlySet<Scope>;
      /** The same for a key and its successors by rotation, and no other key; absent: its name. */
      readonly owner?: string;
    }
  | { readonly kind: 'system'; readonly name: string };

/** The name under which an audit row remembers the principal, e.g. `user:42`, `service:cli`, `system:recovery`. */
export const actorOf = (principal: Principal): string =>
  principal.kind === 'user' ? `user:${principal.subject}` : `${principal.kind}:${principal.name}`;

/**
 * Returns what belongs to the principal alone: limits, webhooks, idempotency keys. Two keys of one name have the same
 * `actorOf` and not the same owner.
 */
export const ownerOf = (principal: Principal): string =>
  principal.kind === 'service' ? `service:${principal.owner ?? principal.name}` : actorOf(principal);

export const hasScope = (principal: Principal, scope: Scope): boolean =>
  principal.kind === 'system' || (principal.kind === 'service' && principal.scopes.has(scope));
