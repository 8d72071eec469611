import { z } from 'zod';
import { actorOf, type Principal, SCOPES, scopesOf } from '#libs/platform/auth/principal.js';
import { ENVIRONMENT_COLOURS, type Env } from '#libs/platform/config/env.js';
import { MAX_CREDENTIAL } from '../http/session-cookie.js';

export const OpenSession = z
  .strictObject({
    credential: z
      .string()
      .max(MAX_CREDENTIAL)
      .regex(/^[\x21-\x7e]+$/, 'must be a service key or an access token')
      .meta({ description: 'A service key, or an access token of Supabase Auth' }),
  })
  .meta({ id: 'OpenSession' });
export type OpenSession = z.infer<typeof OpenSession>;

export const SessionView = z
  .object({
    actor: z.string().meta({ description: 'Actor, in the format of audit rows' }),
    kind: z.enum(['user', 'person', 'service']),
    scopes: z
      .array(z.enum(SCOPES))
      .meta({ description: 'Scopes of a service key or a person; empty for a user' }),
    groups: z
      .array(z.string())
      .meta({ description: 'Groups or roles of a person, from which its scopes come; empty for others' }),
    authenticatedAt: z.iso
      .datetime()
      .nullable()
      .meta({ description: 'When a person last proved its identity; null: not known, or no person' }),
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
  kind: principal.kind === 'system' ? ('service' as const) : principal.kind,
  scopes: scopesOf(principal),
  groups: principal.kind === 'person' ? [...principal.groups] : [],
  authenticatedAt: principal.kind === 'person' ? (principal.authenticatedAt?.toISOString() ?? null) : null,
  expiresAt: expiresAt?.toISOString() ?? null,
  environment: { name: env.ENVIRONMENT_NAME, colour: env.ENVIRONMENT_COLOUR },
});

export const SignInIssuerList = z
  .object({
    items: z.array(
      z
        .object({
          id: z.string(),
          name: z.string().meta({ description: 'For the button of the sign-in page' }),
          issuer: z.url().meta({ description: 'Address of the issuer' }),
          cliClientId: z.string().nullable().meta({
            description: 'Public client with the device flow, for the command line; null: there is none',
          }),
          scope: z.string().meta({ description: 'Scopes of OpenID Connect to request, separated by spaces' }),
        })
        .meta({ id: 'SignInIssuer' }),
    ),
  })
  .meta({ id: 'SignInIssuerList' });

export const BeginSignIn = z.object({
  returnTo: z
    .string()
    .max(1_000)
    .regex(/^\/console(\/[\x21-\x7e]*)?$/, 'must be an address of the console')
    .default('/console')
    .meta({ description: 'Page of the console after the sign-in' }),
});
export type BeginSignIn = z.infer<typeof BeginSignIn>;

export const RevokeSessions = z
  .strictObject({
    person: z
      .string()
      .max(144)
      .regex(/^person:[\da-f]{8}:.+$/, 'must be a person as in audit rows, such as person:1f3a5b7c:42')
      .meta({ description: 'The actor of its audit rows' }),
    sessionId: z
      .string()
      .min(1)
      .max(255)
      .optional()
      .meta({ description: 'Session at the issuer; without it all sessions of the person end' }),
  })
  .meta({ id: 'RevokeSessions' });
export type RevokeSessions = z.infer<typeof RevokeSessions>;
