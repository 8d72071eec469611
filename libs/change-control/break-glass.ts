import type { Principal } from '#libs/platform/auth/principal.js';
import { InvalidInputError } from '#libs/platform/errors/errors.js';
import { SignInAgainError } from './change-time.errors.js';

/** Age of a sign-in with which a person may break the glass. */
const MAX_SIGN_IN_MINUTES = 15;
/** Characters of the reason that are not blanks. */
const MIN_REASON = 20;

/** Time in which somebody else has to review a change that was applied without approvals. */
export const REVIEW_HOURS = 24;

/**
 * Checks the sign-in of a person that breaks the glass: a session that was left open must not be enough.
 * @throws SignInAgainError where it is old, where the issuer does not say, or where Supabase saw no second factor
 */
export function assertFreshSignIn(
  { authenticatedAt, assurance }: Extract<Principal, { kind: 'person' }>,
  now: Date,
): void {
  if (assurance === 'aal1') throw new SignInAgainError('second factor');
  const oldest = now.getTime() - MAX_SIGN_IN_MINUTES * 60_000;
  if (authenticatedAt === null || authenticatedAt.getTime() < oldest) throw new SignInAgainError('age');
}

/** @throws InvalidInputError for a reason of too few characters that are not blanks */
export function assertSubstantial(reason: string): void {
  if ([...reason.replace(/[\s\p{C}\p{Z}]/gu, '')].length >= MIN_REASON) return;
  const message = `must have at least ${MIN_REASON} characters that are not blanks`;
  throw new InvalidInputError([{ field: 'reason', message }]);
}
