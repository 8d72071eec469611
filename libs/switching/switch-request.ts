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
