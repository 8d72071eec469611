import type { DataSource } from 'typeorm';
import { ADD_MODELS, STORE_QUOTES } from '#libs/catalogue/facts-statements.js';
import { otherQuotes, shippedFacts } from '#libs/catalogue/model-facts.js';
import { SEED_CANDIDATES, SEED_TOKEN_FACTORS, SEED_USE_CASES, seedModels } from './catalogue.js';
import { DEMO } from './demo.js';

/** Adds the models and use cases that are missing; never touches a row that exists. */
export async function seedCatalogue(db: DataSource): Promise<void> {
  const facts = shippedFacts();
  await db.transaction(async (tx) => {
    const added: { model_id: string }[] = await tx.query(ADD_MODELS, [JSON.stringify(seedModels(facts))]);
    const quotes = otherQuotes(facts).filter((quote) =>
      added.some(({ model_id }) => model_id === quote.model_id),
    );
    await tx.query(STORE_QUOTES, [JSON.stringify(quotes)]);
    await tx.query(SEED_TOKEN_FACTORS);
    const created: { name: string }[] = await tx.query(SEED_USE_CASES);
    await tx.query(SEED_CANDIDATES, [created.map(({ name }) => name)]);
  });
}

export async function seedDemo(db: DataSource): Promise<void> {
  for (const statement of DEMO) await db.query(statement);
}
