import { assertUserAllowed, defaultsOf, limitsOf } from '#libs/platform/auth/key-limits.js';
import { actorOf, hasScope, type Principal, type Scope } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';
import type { SwitchCommand } from './switch.js';

/** Rights of the caller for one switch. */
export interface SwitchGrant {
  actor: string;
  onBehalfOf: string | null;
  /** Required owner of the conversation; null: any. */
  owner: string | null;
  /** Owner of a conversation that this switch creates, and the user of a switch of a use case. */
  userId: string;
  /** False: only candidates of the use case may be picked. */
  anyModel: boolean;
}

type SwitchTarget = Pick<SwitchCommand, 'conversationId' | 'userId'>;

/** @throws ForbiddenError that names the missing right; KeyLimitError */
export function authorizeSwitch(command: SwitchTarget, principal: Principal): SwitchGrant {
  if (principal.kind === 'user') return grantToUser(command, principal.subject, actorOf(principal));
  const isOfUseCase = command.conversationId === undefined;
  demand(principal, isOfUseCase ? 'operate' : 'switch');
  const actor = actorOf(principal);
  const bound = isOfUseCase ? null : defaultsOf(principal).userId;
  const userId = command.userId ?? bound ?? undefined;
  if (userId !== undefined) requireUser(principal, userId);
  const ofAnybody = hasScope(principal, 'act-as') && limitsOf(principal).users === 'any';
  return {
    actor,
    onBehalfOf: userId ?? null,
    owner: userId ?? (ofAnybody ? null : actor),
    userId: userId ?? actor,
    anyModel: true,
  };
}

/** Scopes that read the conversations of anybody. Their switches, which have reasons of people, need `audit`. */
const READERS: readonly Scope[] = ['read', 'audit'];
const AUDITORS: readonly Scope[] = ['audit'];

/**
 * Authorises a read of a conversation, which needs the scope read or audit, or the rights of a switch. @returns the
 * required owner; null: any. @throws ForbiddenError, KeyLimitError
 */
export const authorizeRead = (principal: Principal, userId: string | undefined): string | null =>
  authorizeReader(principal, userId, READERS);

/** Authorises a read of the switches of a conversation, as `authorizeRead`; the scope read is not enough. */
export const authorizeHistory = (principal: Principal): string | null =>
  authorizeReader(principal, undefined, AUDITORS);

function authorizeReader(
  principal: Principal,
  userId: string | undefined,
  readers: readonly Scope[],
): string | null {
  if (readers.some((scope) => hasScope(principal, scope))) {
    if (userId !== undefined) assertUserAllowed(principal, userId);
    if (limitsOf(principal).users === 'any') return userId ?? null;
    return userId ?? defaultsOf(principal).userId ?? actorOf(principal);
  }
  // Named first: a key that only reads needs no right to switch.
  if (principal.kind !== 'user' && !hasScope(principal, 'switch'))
    throw new ForbiddenError(
      `This needs a service key with the scope ${readers.join(' or ')}, or with switch and act-as`,
    );
  return authorizeSwitch({ conversationId: '', userId }, principal).owner;
}

function grantToUser(command: SwitchTarget, subject: string, actor: string): SwitchGrant {
  if (command.userId !== undefined && command.userId !== subject)
    throw new ForbiddenError('A user may act only for itself: omit userId, or send your own user id');
  if (command.conversationId === undefined)
    throw new ForbiddenError('Switching a whole use case needs a service key with the scope operate');
  return { actor, onBehalfOf: null, owner: subject, userId: subject, anyModel: false };
}

/** A key needs no right for the user that it is bound to. */
function requireUser(principal: Principal, userId: string): void {
  if (userId === defaultsOf(principal).userId) return;
  demand(principal, 'act-as');
  assertUserAllowed(principal, userId);
}

function demand(principal: Principal, scope: Scope): void {
  if (!hasScope(principal, scope))
    throw new ForbiddenError(`This needs the scope ${scope}, of a service key or a person`);
}
