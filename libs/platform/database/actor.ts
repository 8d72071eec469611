import type { EntityManager } from 'typeorm';

/** Sets the actor for the triggers that record changes, for this transaction only. */
export async function actAs(actor: string, tx: EntityManager): Promise<void> {
  await tx.query(`SELECT set_config('orchestrator.actor', $1, true)`, [actor]);
}
