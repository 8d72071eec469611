export const ACCESS_ENTITIES = ['service_key', 'webhook', 'channel'] as const;

/** One recorded change of a service key, a webhook or a channel; `before` null: added, `after` null: removed. */
export interface AccessChange {
  id: number;
  entity: (typeof ACCESS_ENTITIES)[number];
  entityId: string;
  actor: string;
  changedAt: Date;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
}

/** Narrows a list: `from` inclusive, `to` exclusive. */
export interface AccessChangeFilter extends Partial<Pick<AccessChange, 'entity' | 'entityId' | 'actor'>> {
  from?: Date;
  to?: Date;
}
