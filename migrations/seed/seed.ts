import type { DataSource } from 'typeorm';
import { SEED_CANDIDATES, SEED_MODELS, SEED_TOKEN_FACTORS, SEED_USE_CASES } from './catalogue.js';
import { DEMO } from './demo.js';

/** Adds the models and use cases that are missing; never touches a row that exists. */
export async function seedCatalogue(db: DataSource): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.query(SEED_MODELS);
    await tx.query(SEED_TOKEN_FACTORS);
    const created: { name: string }[] = await tx.query(SEED_USE_CASES);
    await tx.query(SEED_CANDIDATES, [created.map(({ name }) => name)]);
  });
}

export async function seedDemo(db: DataSource): Promise<void> {
  for (const statement of DEMO) await db.query(statement);
}
