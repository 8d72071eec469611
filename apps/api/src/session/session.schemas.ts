import { z } from 'zod';
import { actorOf, type Principal, SCOPES } from '#libs/platform/auth/principal.js';
import { ENVIRONMENT_COLOURS, type Env } from '#libs/platform/config/env.js';

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
    environment: z
      .object({ name: z.string(), colour: z.enum(ENVIRONMENT_COLOURS) })
      .meta({ description: 'Name and colour that distinguish this installation from others' }),
  })
  .meta({ id: 'Session' });

export type Environment = Pick<Env, 'ENVIRONMENT_NAME' | 'ENVIRONMENT_COLOUR'>;

export const toSessionView = (principal: Principal, expiresAt: Date | null, env: Environment) => ({
  actor: actorOf(principal),
  kind: principal.kind === 'user' ? ('user' as const) : ('service' as const),
  scopes: principal.kind === 'service' ? SCOPES.filter((scope) => principal.scopes.has(scope)) : [],
  expiresAt: expiresAt?.toISOString() ?? null,
  environment: { name: env.ENVIRONMENT_NAME, colour: env.ENVIRONMENT_COLOUR },
});
