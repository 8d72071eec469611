import type { Transaction } from '#libs/platform/database/transactions.js';
import type { SwitchGrant } from './authorize-switch.js';
import type { Caller, SwitchCommand, SwitchEvent, SwitchOutcome } from './switch.js';
import { StaleVersionError } from './switching.errors.js';

/** A switch whose effect is in the transaction and waits for the commit. */
export interface AppliedSwitch {
  outcome: SwitchOutcome;
  /** Undefined: the effective model did not change. */
  event?: SwitchEvent;
  /** What others must hear after the commit. */
  changed?: { conversationId: string; version: number } | { catalogueVersion: number };
}

/** One request to switch. */
export interface SwitchRequest<Command extends SwitchCommand = SwitchCommand> {
  command: Command;
  caller: Caller;
  grant: SwitchGrant;
  tx: Transaction;
}

/**
 * Compares an If-Match header with the scope as it is under the lock: its whole entity tag, or its version alone.
 * @throws StaleVersionError
 */
export function assertIfMatch(ifMatch: string | undefined, etag: string, version: number): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const accepted = ifMatch.split(',').map((tag) => tag.trim());
  if (!accepted.includes(etag) && !accepted.includes(`"${version}"`)) throw new StaleVersionError(etag);
}

/** Neither a quote nor a comma nor anything that a header cannot hold: SQL may have stored any id. */
const UNFIT = /[^\x21\x23\x24\x26-\x2b\x2d-\x7e]/gu;

/**
 * Changes whenever the effective model of a conversation may have changed, for whatever cause. One that nobody has
 * switched yet has no state of its own: `"0"` says that it was not there.
 */
export const conversationTag = (version: number, useCaseVersion: number, modelId: string): string =>
  version === 0 ? '"0"' : `"${version}-${useCaseVersion}-${modelId.replace(UNFIT, encodeURIComponent)}"`;

export const useCaseTag = (version: number): string => `"${version}"`;
