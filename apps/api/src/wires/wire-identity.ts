import { z } from 'zod';
import { ECHOES, FALLBACKS, type KeyDefaults } from '#libs/platform/auth/key-settings.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { JsonObject } from '#libs/wires/read-body.js';
import type { WireIdentity } from '#libs/wires/wire-context.service.js';
import { Id } from '../http/string.schemas.js';

const Identity = z.object({
  conversationId: Id.optional(),
  userId: Id.optional(),
  useCase: Id.optional(),
  fallback: z.enum(FALLBACKS, 'must be same-use-case or none, or absent').optional(),
  echo: z.enum(ECHOES, 'must be body or none, or absent').optional(),
});

/** Headers, and the key of `requestMetadata` with and without the prefix, for clients that cannot send headers. */
const CARRIERS = {
  conversationId: 'x-conversation-id',
  userId: 'x-user-id',
  useCase: 'x-use-case',
} as const;
const PREFIX = 'orchestrator.';

type Headers = Record<string, string | string[] | undefined>;

/**
 * Reads whom a call is for, and how it is answered: from its headers, else from its metadata or the defaults of its key.
 * The default use case and user apply later: a conversation takes precedence.
 * @throws InvalidInputError that names the field
 */
export function identityOf(
  headers: Headers,
  { requestMetadata }: JsonObject,
  defaults: Pick<KeyDefaults, 'fallback' | 'echo'>,
): WireIdentity {
  const metadata = (typeof requestMetadata === 'object' ? requestMetadata : null) as JsonObject | null;
  const given = Object.entries(CARRIERS).map(([field, header]) => [
    field,
    headers[header] ?? textIn(metadata?.[PREFIX + field]) ?? textIn(metadata?.[field]),
  ]);
  const read = Identity.safeParse({
    ...Object.fromEntries(given),
    fallback: headers['x-orchestrator-fallback'],
    echo: headers['x-orchestrator-echo'],
  });
  if (!read.success)
    throw new InvalidInputError(
      read.error.issues.map(({ path, message }) => ({ field: path.join('.'), message })),
    );
  const { fallback = defaults.fallback, echo = defaults.echo, ...identity } = read.data;
  return { ...identity, mayFallBack: fallback === 'same-use-case', echo: echo === 'body' };
}

/** Bedrock refuses other values, and says so itself. */
const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
