import type { Catalogue } from '#libs/catalogue/catalogue.js';
import type { Transaction } from '#libs/platform/database/transactions.js';
import type { SwitchGrant } from './authorize-switch.js';
import type { Caller, SwitchCommand, SwitchEvent, SwitchOutcome } from './switch.js';
import { StaleVersionError } from './switching.errors.js';

/** Switch whose writes are in the transaction, before the commit. */
export interface AppliedSwitch {
  outcome: SwitchOutcome;
  /** Undefined: the effective model did not change. */
  event?: SwitchEvent;
  /** Versions to publish after the commit. */
  changed?: { conversationId: string; version: number } | { catalogueVersion: number };
}

/** Request for one switch. */
export interface SwitchRequest<Command extends SwitchCommand = SwitchCommand> {
  command: Command;
  caller: Caller;
  grant: SwitchGrant;
  tx: Transaction;
  /** Read by the transaction behind the lock of the use case, with its models; undefined: it is not read yet. */
  catalogue?: Catalogue | undefined;
}

/**
 * Compares an If-Match header with the locked scope: its whole entity tag, or only its version.
 * @throws StaleVersionError
 */
export function assertIfMatch(ifMatch: string | undefined, etag: string, version: number): void {
  if (ifMatch === undefined || ifMatch === '*') return;
  const accepted = ifMatch.split(',').map((tag) => tag.trim());
  if (!accepted.includes(etag) && !accepted.includes(`"${version}"`)) throw new StaleVersionError(etag);
}

/** Quotes, commas and characters that a header cannot hold: SQL may have stored any id. */
const UNFIT = /[^\x21\x23\x24\x26-\x2b\x2d-\x7e]/gu;

/**
 * Returns a tag that changes whenever the effective model of a conversation may have changed, for any cause. A
 * conversation without a switch has no state: its tag is `"0"`.
 */
export const conversationTag = (version: number, useCaseVersion: number, modelId: string): string =>
  version === 0 ? '"0"' : `"${version}-${useCaseVersion}-${modelId.replace(UNFIT, encodeURIComponent)}"`;

export const useCaseTag = (version: number): string => `"${version}"`;
