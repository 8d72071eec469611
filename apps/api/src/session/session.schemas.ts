import { z } from 'zod';
import { actorOf, type Principal, SCOPES } from '#libs/platform/auth/principal.js';

export const OpenSession = z
  .strictObject({
    credential: z
      .string()
      .max(2_800)
      .regex(/^[\x21-\x7e]+$/, 'must be a service key or an access token')
      .meta({ description: 'A service key, or an access token of Supabase Auth' }),
  })
  .meta({ id: 'OpenSession' });
export type OpenSession = z.infer<typeof OpenSession>;

export const SessionView = z
  .object({
    actor: z.string().meta({ description: 'Actor, in the format of audit rows' }),
    kind: z.enum(['user', 'service']),
    scopes: z.array(z.enum(SCOPES)).meta({ description: 'Scopes of a service key; empty for a user' }),
    expiresAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'End of the session; null: the session ends when the key is revoked or expires' }),
  })
  .meta({ id: 'Session' });

export const toSessionView = (principal: Principal, expiresAt: Date | null) => ({
  actor: actorOf(principal),
  kind: principal.kind === 'user' ? ('user' as const) : ('service' as const),
  scopes: principal.kind === 'service' ? SCOPES.filter((scope) => principal.scopes.has(scope)) : [],
  expiresAt: expiresAt?.toISOString() ?? null,
});
