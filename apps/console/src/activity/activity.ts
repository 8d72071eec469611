import type { Schemas } from '@orchestrator/client/client.js';
import type { BreakerChange } from '../live/breakers.js';

export type Switch = Schemas['Switch'];
export type Notification = Schemas['Notification'];
export type CatalogueChange = Schemas['CatalogueChange'];
export type Delivery = Schemas['DeliveryAttempt'];

/** Something that happened, by its source. */
export type Activity =
  | { kind: 'switch'; at: string; item: Switch }
  | { kind: 'notification'; at: string; item: Notification }
  | { kind: 'change'; at: string; item: CatalogueChange }
  | { kind: 'delivery'; at: string; item: Delivery }
  | { kind: 'breaker'; at: string; item: BreakerChange };

/** A row of the stream: one activity, several switches of one request, or several attempts to deliver one message. */
export interface ActivityRow {
  id: string;
  /** Of the newest one. */
  at: string;
  newest: Activity;
  count: number;
  /** True: older pages may have more of them. */
  isOpen: boolean;
}

/** Loaded part of one source, the newest first. */
export interface Source {
  items: Activity[];
  hasMore: boolean;
}

/** Time of the oldest item that is certain to have no gap before it; '': everything is loaded. */
const loadedSince = (sources: readonly Source[]): string =>
  sources
    .filter(({ hasMore }) => hasMore)
    .map(({ items }) => items.at(-1)?.at ?? '')
    .reduce((latest, at) => (at > latest ? at : latest), '');

/** Returns which sources must load another page, so that older rows can be shown. */
export function sourcesBehind<Each extends Source>(sources: readonly Each[]): Each[] {
  const since = loadedSince(sources);
  return sources.filter(({ items, hasMore }) => hasMore && (items.at(-1)?.at ?? '') >= since);
}

/**
 * Merges sources into one stream, the newest first, with one row for the switches of a request, and one for the attempts
 * to deliver a message to a webhook.
 */
export function merge(sources: readonly Source[]): ActivityRow[] {
  const since = loadedSince(sources);
  const hasOlder = since !== '';
  const rows = new Map<string, ActivityRow>();
  const items = sources
    .flatMap((source) => source.items)
    .filter(({ at }) => at >= since)
    .sort((a, b) => b.at.localeCompare(a.at));
  for (const [index, activity] of items.entries()) {
    const id = rowIdOf(activity);
    const row = rows.get(id);
    if (row) row.count += 1;
    else rows.set(id, { id, at: activity.at, newest: activity, count: 1, isOpen: false });
    if (hasOlder && index === items.length - 1) rows.get(id)!.isOpen = true;
  }
  return [...rows.values()].map((row) => ({ ...row, isOpen: row.isOpen && row.count > 1 }));
}

/** The api writes this in place of the request of an erased user. */
const ERASED = 'erased';

function rowIdOf(activity: Activity): string {
  switch (activity.kind) {
    case 'switch': {
      const { id, requestId } = activity.item;
      return requestId === ERASED ? `switch ${id}` : `request ${requestId}`;
    }
    case 'delivery':
      return `delivery ${activity.item.webhookId} ${activity.item.messageId}`;
    case 'breaker':
      return `breaker ${activity.item.modelId} ${activity.at}`;
    default:
      return `${activity.kind} ${activity.item.id}`;
  }
}
