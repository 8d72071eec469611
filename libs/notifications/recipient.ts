import { assertUserAllowed, defaultsOf } from '#libs/platform/auth/key-limits.js';
import { actorOf, hasScope, type Principal } from '#libs/platform/auth/principal.js';
import { ForbiddenError } from '#libs/platform/errors/errors.js';

/** Recipient of notifications. */
export interface Recipient {
  /** Name of its receipts: `user:<id>`, or `service:<name>` of an operator's key. */
  name: string;
  /** Null: an operator. */
  userId: string | null;
  /** True: notifications of all recipients. */
  allRecipients?: true;
}

/** Returns the recipient for the notifications of all: a key that may read all switches. @throws ForbiddenError, KeyLimitError */
export function allRecipients(principal: Principal): Recipient {
  if (!hasScope(principal, 'audit'))
    throw new ForbiddenError('The notifications of all recipients need a service key with the scope audit');
  assertUserAllowed(principal, undefined);
  return { name: actorOf(principal), userId: null, allRecipients: true };
}

/**
 * Returns the recipient whose notifications a principal may read: a user its own. A key gets those of the
 * user it names, with act-as or as its default user. A key that may operate or read, and names nobody, gets those of
 * operators.
 * @throws ForbiddenError that names the missing right; KeyLimitError
 */
export function recipientOf(principal: Principal, userId: string | undefined): Recipient {
  if (principal.kind === 'user') {
    if (userId !== undefined && userId !== principal.subject)
      throw new ForbiddenError('A user may read only its own notifications: omit userId');
    return user(principal.subject);
  }
  if (userId === undefined) {
    if (hasScope(principal, 'operate') || hasScope(principal, 'read'))
      return { name: actorOf(principal), userId: null };
    throw new ForbiddenError(
      'This needs a service key with the scope operate or read, or a service key with act-as and a userId',
    );
  }
  if (userId !== defaultsOf(principal).userId && !hasScope(principal, 'act-as'))
    throw new ForbiddenError('The notifications of a user need a service key with the scope act-as');
  assertUserAllowed(principal, userId);
  return user(userId);
}

const user = (userId: string): Recipient => ({ name: `user:${userId}`, userId });
