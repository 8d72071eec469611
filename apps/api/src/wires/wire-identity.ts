import { createHash } from 'node:crypto';
import { z } from 'zod';
import { ECHOES, FALLBACKS, type KeyDefaults } from '#libs/platform/auth/key-settings.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import type { ChatRequest } from '#libs/wires/openai/chat-request.js';
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

const HEADERS = {
  conversationId: 'x-conversation-id',
  userId: 'x-user-id',
  useCase: 'x-use-case',
} as const;
type Field = keyof typeof HEADERS;
/** Identity in a body, for clients that cannot send headers. */
type Carried = Partial<Record<Field, string | undefined>>;

/** Keys of the metadata, which may have a prefix. */
const CONVERSE_KEYS = { conversationId: 'conversationId', userId: 'userId', useCase: 'useCase' };
const OPENAI_KEYS = { conversationId: 'conversation_id', userId: 'user_id', useCase: 'use_case' };
const PREFIX = 'orchestrator.';

type Headers = Record<string, string | string[] | undefined>;

/**
 * Reads whom a call is for, and how it is answered: from its headers, else from its body or the defaults of its key. The
 * default use case and user apply later: a conversation takes precedence.
 * @throws InvalidInputError that names the field
 */
export function identityOf(
  headers: Headers,
  carried: Carried,
  defaults: Pick<KeyDefaults, 'fallback' | 'echo'>,
): WireIdentity {
  const given = Object.entries(HEADERS).map(([field, header]) => [
    field,
    headers[header] ?? carried[field as Field],
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

/** Reads the identity in a body of Bedrock. */
export const carriedByConverse = ({ requestMetadata }: JsonObject): Carried =>
  carriedBy(requestMetadata, CONVERSE_KEYS);

/** Reads the identity in a body of OpenAI. */
export function carriedByOpenAi({ metadata, safety_identifier: person, user }: ChatRequest): Carried {
  const carried = carriedBy(metadata, OPENAI_KEYS);
  const userId = carried.userId || person || user;
  return { ...carried, userId: userId ? userIdOf(userId) : undefined };
}

/** Reads the identity in a body of Anthropic, whose metadata name a user only. */
export const carriedByAnthropic = (userId: string | undefined): Carried =>
  userId === undefined ? {} : { userId: userIdOf(userId) };

function carriedBy(metadata: unknown, keys: Record<Field, string>): Carried {
  const pairs = (typeof metadata === 'object' ? metadata : null) as JsonObject | null;
  return Object.fromEntries(
    Object.entries(keys).map(([field, key]) => [
      field,
      textIn(pairs?.[PREFIX + key]) ?? textIn(pairs?.[key]),
    ]),
  );
}

/** Some clients send long ids of sessions as the user: another form of the same id is better than a refusal. */
const userIdOf = (text: string): string =>
  Id.safeParse(text).success
    ? text
    : `sha256:${createHash('sha256').update(text).digest('hex').slice(0, 32)}`;

/** Bedrock refuses other values, and says so itself. */
const textIn = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
