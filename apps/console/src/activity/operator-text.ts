import type { Schemas } from '@orchestrator/client/client.js';

type Notification = Pick<
  Schemas['Notification'],
  'kind' | 'direction' | 'from' | 'to' | 'reason' | 'message'
>;
export type Direction = 'upgrade' | 'downgrade' | 'lateral';

const DIRECTIONS: Record<Direction, string> = {
  upgrade: 'upgrade',
  downgrade: 'downgrade',
  lateral: 'same tier',
};

/** Returns how a switch is called by the tiers of its models; '': a tier is not known. */
export const directionText = (direction: Direction | null): string =>
  direction === null ? '' : `(${DIRECTIONS[direction]})`;

/** Words a switch by its direction; the message of the contract is for users of chats. */
export function operatorText({ kind, direction, from, to, reason, message }: Notification): string {
  if (kind !== 'switch' || from === null || to === null) return message;
  const moved = `Moved from ${from} to ${to} ${directionText(direction)}`.trim();
  return reason ? `${moved}: ${reason}` : moved;
}

/** Compares tiers: a higher one is better. */
export function directionOf(
  before: number | null | undefined,
  after: number | null | undefined,
): Direction | null {
  if (typeof before !== 'number' || typeof after !== 'number') return null;
  if (before === after) return 'lateral';
  return after > before ? 'upgrade' : 'downgrade';
}
