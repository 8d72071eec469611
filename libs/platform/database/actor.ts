import type { EntityManager } from 'typeorm';

/** Names who acts to the triggers that record changes, for this transaction only. */
export async function actAs(actor: string, tx: EntityManager): Promise<void> {
  await tx.query(`SELECT set_config('orchestrator.actor', $1, true)`, [actor]);
}
